extension ServiceClient {
    /// One call of a query service; `read` gets the element `<OperationResult>` of the reply.
    func query<Reply>(
        _ operation: String, _ parameters: [(name: String, value: String)] = [], _ read: (XMLNode) throws -> Reply
    ) async throws -> Reply {
        try await call(queryCall(operation, parameters)) { body in
            try read(XMLNode.parse(body).child("\(operation)Result"))
        }
    }

    /// One call of a query service whose reply says no more than that it succeeded.
    func query(_ operation: String, _ parameters: [(name: String, value: String)] = []) async throws {
        try await call(queryCall(operation, parameters)) { body in
            let root = try XMLNode.parse(body).name
            // A page of HTML is XML as well, now and then.
            guard root == "\(operation)Response" else { throw UnreadableReply("<\(root)> in place of a reply") }
        }
    }

    private func queryCall(_ operation: String, _ parameters: [(name: String, value: String)]) -> AWSCall {
        switch service.wireProtocol {
        case .query(let version): AWSCall(query: operation, version: version, parameters: parameters)
        case .json: preconditionFailure("\(service) does not speak the query protocol")
        }
    }
}

extension XMLNode {
    /// A child that the reply owes.
    func child(_ name: String) throws -> XMLNode {
        guard let child = self[name] else { throw UnreadableReply("<\(self.name)> without <\(name)>") }
        return child
    }

    /// The text of a child that the reply owes.
    func text(of name: String) throws -> String { try child(name).text }

    /// The items of a list, which stand in `<member>` each; none when the list is absent.
    func members(of name: String) -> [XMLNode] { (self[name]?.children ?? []).filter { $0.name == "member" } }
}
