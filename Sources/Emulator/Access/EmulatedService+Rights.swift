extension EmulatedService {
    /// A body that cannot be read is `nil`: the call asks for its action on `*` and on what has no name, and its service
    /// refuses it whatever the answer.
    static func object(_ body: [UInt8]) -> JSONValue? { try? JSONDocument(body).root }

    func neededRights(operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller) async -> [NeededRight] {
        AccessTable.other(
            Self.signingName, operation, Self.object(body),
            in: LogsPlace(account: caller.account, region: caller.region))
    }
}

extension LogsService {
    func neededRights(operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller) async -> [NeededRight] {
        AccessTable.logs(
            operation, Self.object(body), in: LogsPlace(account: caller.account, region: caller.region))
    }
}
