extension IAMClient {
    /// The names of a role's inline policies, all pages of the list.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html
    package func rolePolicyNames(of role: String) async throws -> [String] {
        try await markedItems(of: "ListRolePolicies", [("RoleName", role)]) { result in
            result.members(of: "PolicyNames").map(\.text)
        }
    }

    /// Every item of a list that IAM gives page by page.
    func markedItems<Item>(
        of operation: String, _ parameters: [(name: String, value: String)],
        _ read: (_ result: XMLNode) throws -> [Item]
    ) async throws -> [Item] {
        try await service.allItems(of: operation) { marker in
            try await service.query(operation, parameters + (marker.map { [("Marker", $0)] } ?? [])) { result in
                let isTruncated = result["IsTruncated"]?.text == "true"
                return ListPage(items: try read(result), next: isTruncated ? try result.text(of: "Marker") : nil)
            }
        }
    }
}
