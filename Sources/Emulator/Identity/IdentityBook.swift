/// All accounts' roles and policies: as they are written, and as they are acted upon.
///
/// AWS answers at once what was written, and takes seconds to act on it everywhere.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
actor IdentityBook {
    /// How long a change takes to be acted upon, in milliseconds.
    private let delay: Int64
    private var accounts: [String: History] = [:]

    init(delay: Duration) { self.delay = delay.milliseconds }

    /// What was written.
    func current(_ account: String) -> IdentityAccount { history(account).current }

    /// What is acted upon.
    func inForce(_ account: String, now: Int64) -> IdentityAccount { history(account).state(at: now - delay) }

    /// Changes what is written. A change that throws changes nothing.
    func change<Answer: Sendable>(
        _ account: String, now: Int64, _ body: @Sendable (inout IdentityAccount) throws(ServiceFault) -> Answer
    ) throws(ServiceFault) -> Answer {
        var history = history(account)
        var state = history.current
        let answer = try body(&state)
        history.append(state, at: now, keepingSince: now - delay)
        accounts[account] = history
        return answer
    }

    private func history(_ account: String) -> History { accounts[account] ?? History(account) }

    /// An account's states, each with when it was written, as far back as one may still be acted upon.
    private struct History {
        /// Never empty, in the order of their times.
        private var states: [(since: Int64, state: IdentityAccount)]

        init(_ account: String) { states = [(.min, IdentityAccount(account))] }

        var current: IdentityAccount { states[states.count - 1].state }

        func state(at time: Int64) -> IdentityAccount {
            (states.last { $0.since <= time } ?? states[0]).state
        }

        mutating func append(_ state: IdentityAccount, at time: Int64, keepingSince start: Int64) {
            // A clock that was set back must not hide a change behind an older one.
            let since = max(time, states[states.count - 1].since)
            states.append((since, state))
            let first = states.lastIndex { $0.since <= start } ?? 0
            states.removeFirst(first)
        }
    }
}
