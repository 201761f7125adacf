// As whom CloudWatch Logs reaches streams and groups. Without `roles` every role is as good as it looks.
//
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions-Kinesis.html
extension LogsService {
    /// Whether the destination's role lets a record through to `stream` on behalf of the destination itself.
    func canReach(_ stream: String, as role: String, of address: DestinationAddress) async -> Bool {
        let source = ResourceName.logs("destination:\(address.name)", in: address.place)
        return await verdict(on: role, of: address.place, writingTo: stream, for: source, address.place) == .granted
    }

    /// Whether `role` of `owner` lets a record of a log group through to `stream`.
    func verdict(
        on role: String, of owner: LogsPlace, writingTo stream: String, from group: String, of sender: LogsPlace
    ) async -> RoleVerdict {
        let source = ResourceName.logs("log-group:\(group):*", in: sender)
        return await verdict(on: role, of: owner, writingTo: stream, for: source, sender)
    }

    /// Refuses a role with which a group cannot be subscribed to an organization's destination.
    func checkSenderRole(_ role: String, group: String, of sender: LogsPlace) async throws(ServiceFault) {
        guard let roles else { return }
        let verdict = await roles.verdict(
            on: RoleErrand(
                role: role, account: sender.account, region: sender.region,
                source: ResourceName.logs("log-group:\(group):*", in: sender), sourceAccount: sender.account,
                rights: [
                    NeededRight(
                        "logs:PutLogEvents", on: ResourceName.logs("log-group:\(group):log-stream:*", in: sender))
                ]))
        // That the second is told as the first is an assumption: no reply of AWS's was seen.
        switch verdict {
        case .granted: return
        case .notAssumable, .notPermitted: throw SubscriptionFault.roleNotAssumable
        }
    }

    /// Refuses a role with which a group cannot write to a stream of its own account.
    func checkStreamRole(_ role: String, stream: String, group: String, of sender: LogsPlace) async throws(ServiceFault)
    {
        switch await verdict(on: role, of: sender, writingTo: stream, from: group, of: sender) {
        case .granted: return
        case .notAssumable: throw SubscriptionFault.roleNotAssumable
        case .notPermitted: throw SubscriptionFault.streamUnreachable
        }
    }

    /// The stream that a filter feeds at this moment. `nil` when its destination has been deleted, or when a role does not
    /// let the group's events through.
    func openStream(
        of filter: SubscriptionFilter, from origin: SubscriptionPayload.Origin
    ) async -> String? {
        let (stream, role, owner): (String, String?, LogsPlace)
        switch filter.target {
        case .stream(let arn): (stream, role, owner) = (arn, filter.roleARN, origin.place)
        case .destination(let address):
            guard let found = await region(at: address.place).destination(named: address.name) else { return nil }
            (stream, role, owner) = (found.targetARN, found.roleARN, address.place)
        }
        guard let role else { return stream }  // a stream has no filter without one
        let verdict = await verdict(on: role, of: owner, writingTo: stream, from: origin.group, of: origin.place)
        return verdict == .granted ? stream : nil
    }

    private func verdict(
        on role: String, of owner: LogsPlace, writingTo stream: String, for source: String, _ sender: LogsPlace
    ) async -> RoleVerdict {
        guard let roles else { return .granted }
        var rights = [NeededRight("kinesis:PutRecord", on: stream)]
        if let key = await streams.keyARN(ofStream: stream) {
            rights.append(NeededRight("kms:GenerateDataKey", on: key))
        }
        return await roles.verdict(
            on: RoleErrand(
                role: role, account: owner.account, region: owner.region, source: source,
                sourceAccount: sender.account, rights: rights))
    }
}

extension SubscriptionFault {
    static let roleNotAssumable = ServiceFault(
        "ValidationException",
        "Make sure you have given CloudWatch Logs permission to assume the provided role.")
}
