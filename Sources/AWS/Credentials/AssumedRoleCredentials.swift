package import Logging
package import Signing

/// A role to act as, and how to ask for it.
package struct AssumedRole: Hashable, Sendable {
    package let arn: String
    /// Shows in CloudTrail.
    package let sessionName: String
    /// The secret that the role's owner gave to whom he trusts.
    package let externalID: String?
    /// How long credentials are to hold; `nil` for AWS's hour.
    package let duration: Duration?

    package init(arn: String, sessionName: String, externalID: String? = nil, duration: Duration? = nil) {
        self.arn = arn
        self.sessionName = sessionName
        self.externalID = externalID
        self.duration = duration
    }
}

/// The credentials of a role, asked for when they are needed and again before they end. However many calls wait for them,
/// there is one question at a time.
package actor AssumedRoleCredentials: CredentialsProvider {
    private let role: AssumedRole
    private let sts: STSClient
    private let now: @Sendable () -> UTCTime
    private let log: ClientLog
    private var session: RoleSession?
    private var question: Task<Credentials, any Error>?

    /// `sts` signs as somebody who may assume `role`.
    package init(
        _ role: AssumedRole, by sts: STSClient, surroundings: Surroundings = .real,
        logger: Logger = Logger(label: "aws")
    ) {
        self.role = role
        self.sts = sts
        now = surroundings.now
        log = ClientLog(logger: logger)
    }

    package func credentials() async throws -> Credentials {
        guard let session, session.end > now() else { return try await ask() }
        guard session.due <= now() else { return session.credentials }
        do {
            return try await ask()
        } catch let error as CancellationError {
            throw error
        } catch {
            log.keepsCredentials(of: role.arn, until: session.end, error)
            self.session?.due = UTCTime(milliseconds: now().milliseconds + RoleSession.pauseMilliseconds)
            return session.credentials
        }
    }

    package func credentials(insteadOf refused: Credentials) async throws -> Credentials {
        if let session, session.credentials != refused, session.end > now() { return session.credentials }
        return try await ask()
    }

    /// The answer to the question under way, or to a new one.
    private func ask() async throws -> Credentials {
        if let question { return try await question.value }
        // A task of its own, because those who wait for it must not fail when the one who asked first is cancelled.
        let task = Task {
            defer { question = nil }
            let credentials = try await sts.assumeRole(
                role.arn, sessionName: role.sessionName, externalID: role.externalID, duration: role.duration)
            session = RoleSession(credentials, receivedAt: now())
            return credentials
        }
        question = task
        return try await task.value
    }
}

/// A role's credentials and how long they do.
private struct RoleSession {
    let credentials: Credentials
    let end: UTCTime
    /// When to ask for others.
    var due: UTCTime

    /// Asked for again this long before the end, so that no request is signed with what ends on its way.
    static let marginMilliseconds: Int64 = 300_000
    /// Between a renewal that failed and the next, while the old credentials hold.
    static let pauseMilliseconds: Int64 = 30_000
    /// What AWS gives to those who do not say.
    static let usualMilliseconds: Int64 = 3_600_000

    init(_ credentials: Credentials, receivedAt now: UTCTime) {
        self.credentials = credentials
        let lifetime = credentials.expiration.map { $0.milliseconds - now.milliseconds } ?? Self.usualMilliseconds
        // What AWS gave just now has not ended yet: then our clock is wrong, and only AWS knows the end.
        let believed = lifetime > 0 ? lifetime : Self.usualMilliseconds
        end = UTCTime(milliseconds: now.milliseconds + believed)
        // Sessions shorter than 15 minutes are renewed in their last third, else they would be for every request.
        due = UTCTime(milliseconds: end.milliseconds - min(Self.marginMilliseconds, believed / 3))
    }
}
