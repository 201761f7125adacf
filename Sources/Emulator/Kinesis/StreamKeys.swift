/// What Kinesis needs of KMS to encrypt and decrypt records.
protocol StreamKeys: Sendable {
    /// The key that `name` means to an account in a Region: an id, an ARN, an alias or an alias's ARN. `nil` when there is
    /// none.
    func key(_ name: String, account: String, region: String) async -> StreamKey?
}

/// A key as Kinesis sees it.
struct StreamKey: Hashable, Sendable {
    enum State: Hashable, Sendable { case enabled, disabled, pendingDeletion }

    let arn: String
    let state: State
    /// Of a customer, so that who writes or reads needs a right to it. AWS's own need none.
    let needsRight: Bool
}

extension StreamKeys {
    /// The key that `name` means, if it can be used now. Kinesis refuses with codes of its own and KMS's words.
    func usableKey(_ name: String, account: String, region: String) async throws(ServiceFault) -> StreamKey {
        guard let key = await key(name, account: account, region: region) else {
            throw ServiceFault("KMSNotFoundException", "Key '\(name)' does not exist")
        }
        switch key.state {
        case .enabled: return key
        case .disabled: throw ServiceFault("KMSDisabledException", "\(key.arn) is disabled.")
        case .pendingDeletion: throw ServiceFault("KMSInvalidStateException", "\(key.arn) is pending deletion.")
        }
    }
}
