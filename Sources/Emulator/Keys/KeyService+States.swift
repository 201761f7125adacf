/// What happens to a key that is there.
extension KeyService {
    func enable(_ isEnabled: Bool, _ request: OneKeyRequest, _ caller: Caller) throws(ServiceFault) {
        let action = isEnabled ? "kms:EnableKey" : "kms:DisableKey"
        var key = try ownKey(request.keyId, caller, action: action)
        if case .pendingDeletion = key.state { throw .invalidState("\(key.arn) is pending deletion.") }
        key.state = isEnabled ? .enabled : .disabled
        keys[key.arn] = key
    }

    func scheduleDeletion(
        _ request: ScheduleKeyDeletionRequest, _ caller: Caller
    ) throws(ServiceFault) -> ScheduleKeyDeletionReply {
        let days = request.pendingWindowInDays ?? KeyLimits.deletionDays.upperBound
        guard KeyLimits.deletionDays.contains(days) else {
            throw .validation(
                "pendingWindowInDays", value: "\(days)",
                "Member must have value between \(KeyLimits.deletionDays.lowerBound) and "
                    + "\(KeyLimits.deletionDays.upperBound)")
        }
        var key = try ownKey(request.keyId, caller, action: "kms:ScheduleKeyDeletion")
        if case .pendingDeletion = key.state { throw .invalidState("\(key.arn) is pending deletion.") }
        let end = clock.now() + Int64(days) * StreamLimits.dayMilliseconds
        key.state = .pendingDeletion(until: end)
        keys[key.arn] = key
        return ScheduleKeyDeletionReply(keyId: key.arn, deletionDate: Double(end) / 1000, pendingWindowInDays: days)
    }

    /// The key is disabled afterwards, whatever it was before.
    func cancelDeletion(
        _ request: OneKeyRequest, _ caller: Caller
    ) throws(ServiceFault) -> CancelKeyDeletionReply {
        var key = try ownKey(request.keyId, caller, action: "kms:CancelKeyDeletion")
        guard case .pendingDeletion = key.state else { throw .invalidState("\(key.arn) is not pending deletion.") }
        key.state = .disabled
        keys[key.arn] = key
        return CancelKeyDeletionReply(keyId: key.arn)
    }

    /// A key that the caller may change: its account's own, and not one of AWS's.
    private func ownKey(_ name: String, _ caller: Caller, action: String) throws(ServiceFault) -> EmulatedKey {
        let key = try key(name, caller)
        guard key.account == caller.account, key.owner == .customer else {
            throw ServiceFault(
                "AccessDeniedException",
                "User: \(TokenService.arn(of: caller.account)) is not authorized to perform: \(action) on resource: "
                    + "\(key.arn) because no resource-based policy allows the \(action) action")
        }
        return key
    }
}

/// What KMS allows.
enum KeyLimits {
    /// https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
    static let deletionDays = 7...30
}

extension ServiceFault {
    fileprivate static func invalidState(_ message: String) -> ServiceFault {
        ServiceFault("KMSInvalidStateException", message)
    }
}
