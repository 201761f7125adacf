internal import AWS
import FoundationEssentials
internal import Logging
internal import Setup

/// An account that can be called, as whoever was chosen. To be closed.
struct OpenAccount {
    let clients: AccountClients
    /// The Region of the command: given, or the profile's.
    let region: String
    private let access: AWSAccess

    private static let attemptsMax = "10"

    /// Asks AWS who that is. `region` is what was given, if anything.
    init(_ choice: IdentityChoice, region: String?) async throws {
        let logger = Logger(label: "tailrace") { _ in SwiftLogNoOpLogHandler() }
        var environment = ProcessInfo.processInfo.environment
        // Many log groups are many calls, of which AWS takes five a second.
        environment["AWS_MAX_ATTEMPTS"] = environment["AWS_MAX_ATTEMPTS"] ?? Self.attemptsMax
        let access = try AWSAccess(
            environment: environment, profile: choice.profile, role: choice.role, logger: logger
        )
        do {
            let region = try access.configuration.region(setting: region)
            let identity = try await access.identity(region: region)
            clients = AccountClients(identity: identity) { service, region throws(AWSSettingsError) in
                try access.client(of: service, region: region)
            }
            self.region = region
            self.access = access
        } catch {
            await access.shutdown()
            throw error
        }
    }

    func close() async { await access.shutdown() }

    /// Opens the account, runs `body`, and closes the account however that ends.
    static func use<Answer>(
        _ choice: IdentityChoice, region: String?, _ body: (OpenAccount) async throws -> Answer
    ) async throws -> Answer {
        let account = try await OpenAccount(choice, region: region)
        do {
            let answer = try await body(account)
            await account.close()
            return answer
        } catch {
            await account.close()
            throw error
        }
    }
}
