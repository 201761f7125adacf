enum EmulatedBody {
    /// `nil` when it cannot be read: the call then asks for its action on `*` or on what has no name, and its service refuses
    /// it whatever the answer.
    static func object(_ body: [UInt8]) -> JSONValue? { try? JSONDocument(body).root }
}

extension EmulatedService {
    func neededRights(operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller) async -> [NeededRight] {
        AccessTable.other(
            Self.signingName, operation, EmulatedBody.object(body),
            in: LogsPlace(account: caller.account, region: caller.region))
    }
}

extension LogsService {
    func neededRights(operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller) async -> [NeededRight] {
        AccessTable.logs(
            operation, EmulatedBody.object(body), in: LogsPlace(account: caller.account, region: caller.region))
    }
}
