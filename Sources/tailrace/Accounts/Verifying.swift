internal import Core
internal import Settings
internal import Setup

/// The checks of `verify`, put together.
enum Verifying {
    static func recipient(
        _ goal: RecipientGoal, _ settings: TailraceSettings?, _ account: OpenAccount, _ report: inout VerifyReport
    ) async throws {
        let state = try await RecipientState.read(goal, with: account.clients)
        try report.add(goal.findings(in: state))
        try report.add(await ReaderChecks(goal, state, settings: settings, clients: account.clients).findings())
    }

    static func sender(_ goal: SenderGoal, _ account: OpenAccount, _ report: inout VerifyReport) async throws {
        let state = try await SenderState.read(goal, with: account.clients, now: .now)
        try report.add(goal.findings(in: state))
    }
}
