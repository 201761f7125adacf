// Which stream a call is about, before it is done.
extension KinesisService {
    func neededRights(operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller) async -> [NeededRight] {
        let json: [UInt8]? =
            switch encoding {
            case .json: body
            case .cbor: try? ServiceCBOR.json(body)  // what cannot be read is refused by the operation itself
            }
        let request = json.flatMap(EmulatedBody.object)
        let stream = stream(of: operation, json ?? [], request, caller)
        return AccessTable.kinesis(operation, request, stream: stream, key: stream.flatMap(keyARN(ofStream:)))
    }

    /// The customer's key that a stream is encrypted with.
    func keyARN(ofStream arn: String) -> String? {
        guard let name = EmulatedStreamName(arn: arn) else { return nil }
        return streams.stream(name, now: clock.now())?.encryption.flatMap { $0.needsRight ? $0.keyARN : nil }
    }

    /// By ARN, name, iterator or token; `nil` when the call names none that there is.
    private func stream(
        of operation: String, _ body: [UInt8], _ request: JSONValue?, _ caller: Caller
    ) -> String? {
        if let arn = request?["StreamARN"]?.string { return arn }
        if let name = request?["StreamName"]?.string {
            return EmulatedStreamName(account: caller.account, region: caller.region, name: name).arn
        }
        if let text = request?["ShardIterator"]?.string {
            guard let token = IteratorToken(text, seal: streams.seal) else { return nil }
            return try? streams.withStream(serial: token.stream, now: clock.now()) { $0.name.arn }
        }
        guard operation == KinesisOperation.listShards.rawValue,
            let list = try? ServiceJSON.decode(ListShardsRequest.self, from: body)
        else { return nil }
        return try? ShardListPlace(list, caller, now: clock.now()).stream.arn
    }
}
