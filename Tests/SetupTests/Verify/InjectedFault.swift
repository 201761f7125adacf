import Testing

@testable import Setup

/// What is wrong with an account that is well otherwise, and what verify is to say about it.
struct InjectedFault: CustomTestStringConvertible {
    let what: String
    let level: Finding.Level
    let subject: String
    /// Part of the remedy: the command.
    let remedy: String
    let make: @Sendable (inout SimulatedAccount) -> Void

    init(
        _ what: String, level: Finding.Level = .fault, _ subject: String, _ remedy: String,
        _ make: @escaping @Sendable (inout SimulatedAccount) -> Void
    ) {
        self.what = what
        self.level = level
        self.subject = subject
        self.remedy = remedy
        self.make = make
    }

    var testDescription: String { what }

    /// Exactly this subject is told, on this level and with this remedy; everything else stays well.
    func expectOnly(_ findings: (SimulatedAccount) -> [Finding], in healthy: SimulatedAccount) {
        var account = healthy
        make(&account)
        let told = findings(account).filter { $0.level != .ok }
        #expect(told.map(\.subject) == [subject], "\(told.map(\.line))")
        #expect(told.map(\.level) == [level])
        #expect(told.first?.remedy?.contains(remedy) == true, "\(told.map(\.line))")
    }
}
