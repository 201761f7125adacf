package import Signing

/// Where credentials come from. Asked at every attempt, so a source that renews them is heard at once.
package protocol CredentialsProvider: Sendable {
    /// Those to sign with now. Throws when there are none; the error says where was looked.
    func credentials() async throws -> Credentials

    /// AWS refused `refused`. Answers newer ones, or the same when the source has no others.
    func credentials(insteadOf refused: Credentials) async throws -> Credentials
}

/// Credentials that never change.
package struct FixedCredentials: CredentialsProvider {
    private let value: Credentials

    package init(_ value: Credentials) { self.value = value }

    package func credentials() async throws -> Credentials { value }

    package func credentials(insteadOf refused: Credentials) async throws -> Credentials { value }
}
