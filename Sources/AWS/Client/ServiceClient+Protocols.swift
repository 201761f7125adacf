extension ServiceClient {
    /// One call of a JSON service that answers with an object.
    func call<Reply: Decodable>(
        _ operation: String, _ request: some Encodable, replyingWith type: Reply.Type
    ) async throws -> Reply {
        let json = wireJSON
        return try await call(jsonCall(operation, request)) { body in try json.decode(type, from: body) }
    }

    /// One call of a JSON service whose reply says no more than that it succeeded.
    func call(_ operation: String, _ request: some Encodable) async throws {
        let call = jsonCall(operation, body: try wireJSON.encode(request), repliesWithBody: false)
        try await self.call(call) { _ in }
    }

    func jsonCall(
        _ operation: String, _ request: some Encodable, replyBytesMax: Int = AWSCall.usualReplyBytesMax
    ) throws -> AWSCall {
        jsonCall(operation, body: try wireJSON.encode(request), replyBytesMax: replyBytesMax)
    }

    /// A call whose body is JSON already.
    func jsonCall(
        _ operation: String, body: [UInt8], repliesWithBody: Bool = true,
        replyBytesMax: Int = AWSCall.usualReplyBytesMax
    ) -> AWSCall {
        AWSCall(
            json: operation, targetPrefix: json.targetPrefix, body: body, repliesWithBody: repliesWithBody,
            replyBytesMax: replyBytesMax)
    }

    var wireJSON: WireJSON { WireJSON(capitalizes: json.capitalizes) }

    private var json: (targetPrefix: String, capitalizes: Bool) {
        switch service.wireProtocol {
        case .json(let targetPrefix, let capitalizes): (targetPrefix, capitalizes)
        case .query: preconditionFailure("\(service) does not speak JSON")
        }
    }

    /// For what only shows across several replies.
    func unreadable(_ operation: String, _ cause: String) -> AWSError {
        AWSError(
            kind: .unreadable, code: "UnreadableReply", message: cause, status: nil, requestID: nil,
            operation: "\(service.signingName):\(operation)", endpoint: endpoint.origin, mayHaveBeenDone: true)
    }
}
