internal import Setup

/// Shows a plan, asks, and carries it out.
struct PlanRun {
    let options: PlanOptions
    /// For AWS's command line, if the plan is written for that.
    let profile: String?
    /// What the plan is about: `recipient`
    let role: String
    let place: AccountPlace
    var cost: StreamCost?

    /// Returns whether everything is as the plan wants it; `false` when the plan was only shown.
    func run(_ plan: Plan, with applying: Applying) async throws -> Bool {
        guard try show(plan) else { return false }
        try Self.refuse(plan)
        if plan.changesNothing {
            StandardStream.tell("nothing to do")
            return true
        }
        if !options.yes { try Confirmation.ask("Do that?") }
        try await applying.carryOut(plan)
        StandardStream.tell("done: \(plan.summary)")
        return true
    }

    /// Answers whether to go on. A plan that was asked for is data; one that is about to be carried out is told.
    private func show(_ plan: Plan) throws -> Bool {
        let warnings = plan.warnings.map { "warning: \($0)" }
        switch options.form {
        case .awsCLI:
            warnings.forEach(StandardStream.tell)
            try Self.refuse(plan)
            try StandardStream.deliver(Array(CommandLines(profile: profile, in: place).script(plan).utf8))
            return false
        case .json:
            try StandardStream.deliver(Array(plan.json(in: place, cost: cost).pretty.utf8))
            try Self.refuse(plan)
            return false
        case nil:
            let lines = ["\(role) \(place.account), \(place.region): \(plan.summary)"] + plan.lines
            if options.plan {
                try StandardStream.deliver(Array((lines.map(PlainText.escaped).joined(separator: "\n") + "\n").utf8))
                warnings.forEach(StandardStream.tell)
                try Self.refuse(plan)
                return false
            }
            (lines + warnings).forEach(StandardStream.tell)
            return true
        }
    }

    private static func refuse(_ plan: Plan) throws {
        guard !plan.refusals.isEmpty else { return }
        for refusal in plan.refusals { StandardStream.tell("refused: \(refusal)") }
        throw CommandFailure(.failed, "nothing was changed")
    }
}

/// Tells what is being done: a line each, and how long something is waited for.
final class SetupProgress {
    private let line = ProgressLine()

    func tell(_ progress: Applying.Progress) {
        switch progress {
        case .began(let call):
            if call.request != nil { StandardStream.tell("  \(call.words)") }
        case .done: line.end()
        case .waiting(let call, let time, let cause):
            line.show { _ in "  \(call.words): waiting for \(time.components.seconds) s (\(cause))" }
        }
    }
}
