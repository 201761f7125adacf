import Testing

/// One thing that is wrong in two accounts that are set up, what `verify` has to say of it, and what mends it.
struct SetupFault: Sendable {
    typealias Act = @Sendable (inout AccountPair) async throws -> Void

    let name: String
    /// What is otherwise than in the guide's example, before anything is set up.
    let arrange: Act
    /// Breaks one thing, as the account's owner might.
    let cause: Act
    let check: AccountPair.Check
    /// All that is not well, and nothing else is. Empty when `verify` has to stay green.
    let signs: [Sign]
    let mend: Mend
    let sourceLocation: SourceLocation

    init(
        name: String, arrange: @escaping Act = { _ in }, cause: @escaping Act, check: AccountPair.Check, signs: [Sign],
        mend: Mend, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        self.name = name
        self.arrange = arrange
        self.cause = cause
        self.check = check
        self.signs = signs
        self.mend = mend
        self.sourceLocation = sourceLocation
    }

    struct Sign: Sendable {
        enum Level: String, Sendable { case warning, fault }

        let level: Level
        let subject: String
        /// A piece of what it says.
        let text: String
        /// A piece of the remedy.
        let remedy: String

        static func fault(_ subject: String, _ text: String, _ remedy: String) -> Sign {
            Sign(level: .fault, subject: subject, text: text, remedy: remedy)
        }

        static func warning(_ subject: String, _ text: String, _ remedy: String) -> Sign {
            Sign(level: .warning, subject: subject, text: text, remedy: remedy)
        }

        func isShown(by finding: SetupReport.Finding) -> Bool {
            finding.level == level.rawValue && finding.subject == subject && finding.text.contains(text)
                && finding.remedy?.contains(remedy) ?? false
        }
    }

    enum Mend: Sendable {
        /// `tailrace setup` with the flags it was called with and those that a remedy prints behind it.
        case setup(AccountPair.Side, _ options: String = "")
        /// What no command of ours does.
        case byHand(Act)
        /// There is nothing to mend.
        case nothing
    }
}

// MARK: The trial

extension SetupFault {
    /// The whole trial in a pair of accounts. What fails is an issue of this fault and leaves others alone.
    func tryOut(_ accounts: AccountPair) async {
        do {
            try await breakAndMend(accounts)
        } catch {
            Issue.record("\(name): \(error)", sourceLocation: sourceLocation)
        }
    }

    /// Sets the accounts up, breaks them, looks at them, mends them, looks again.
    private func breakAndMend(_ pair: AccountPair) async throws {
        var accounts = pair
        try await arrange(&accounts)
        try await accounts.setUp(check.sides, sourceLocation: sourceLocation)
        try await cause(&accounts)
        expectSigns(in: try await accounts.verify(check))
        try await mend(&accounts)
        let report = try await accounts.verify(check)
        let isGreen = report.isGreen
        #expect(isGreen, "\(name), mended: \(report.text)", sourceLocation: sourceLocation)
    }

    private func expectSigns(in report: SetupReport) {
        let code: Int32 = signs.contains { $0.level == .fault } ? 3 : 0
        #expect(report.ending == .exited(code), "\(name): \(report.text)", sourceLocation: sourceLocation)
        #expect(report.signs.count == signs.count, "\(name): \(report.text)", sourceLocation: sourceLocation)
        for sign in signs {
            let isShown = report.signs.contains(where: sign.isShown)
            #expect(isShown, "\(name): \(sign.text) in \(report.text)", sourceLocation: sourceLocation)
        }
        guard case .setup(let side, let options) = mend else { return }
        let command = "tailrace setup \(side.rawValue)" + (options.isEmpty ? "" : " \(options)")
        let isPrinted = report.signs.contains { $0.remedy?.contains(command) ?? false }
        #expect(isPrinted, "\(name): \(command) in \(report.text)", sourceLocation: sourceLocation)
    }

    private func mend(_ accounts: inout AccountPair) async throws {
        switch mend {
        case .setup(let side, let options):
            let words = options.split(separator: " ").map(String.init)
            let run = try await accounts.setup(side, words + ["--yes"])
            #expect(run.ending == .exited(0), "\(name), mending: \(run.errors)", sourceLocation: sourceLocation)
        case .byHand(let act): try await act(&accounts)
        case .nothing: return
        }
    }
}

extension AccountPair.Check {
    /// Which accounts have to be set up for it.
    fileprivate var sides: [AccountPair.Side] {
        switch self {
        case .recipient, .path: [.recipient]
        case .sender, .all, .pathOfEvent: [.recipient, .sender]
        }
    }
}
