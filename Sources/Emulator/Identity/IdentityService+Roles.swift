// Roles, who may assume them, and their tags.
extension IdentityService {
    func createRole(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        var fields = FormFields(form)
        let seconds = fields.integer("MaxSessionDuration", in: IdentityLimits.sessionSeconds)
        let draft = RoleDraft(
            name: fields.text("RoleName", .roleName), path: fields.optionalText("Path", .path) ?? "/",
            description: fields.optionalText("Description", .description),
            sessionSecondsMax: seconds ?? IdentityLimits.sessionSeconds.lowerBound,
            trust: fields.text("AssumeRolePolicyDocument", .document), tags: fields.tags())
        try fields.checked()
        try Self.checkPath(draft.path)
        guard form["PermissionsBoundary"] == nil else {
            throw ServiceFault("ValidationError", "The emulator does not know PermissionsBoundary.")
        }
        let now = clock.now()
        let role = try await change(account) { account throws(ServiceFault) in try account.create(draft, now: now) }
        var result = XMLWriter()
        role.write(to: &result)
        return result
    }

    func getRole(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let role = try await book.current(account).role(try Self.roleName(form))
        var result = XMLWriter()
        role.write(to: &result)
        return result
    }

    func updateAssumeRolePolicy(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        var fields = FormFields(form)
        let name = fields.text("RoleName", .roleName)
        let trust = fields.text("PolicyDocument", .document)
        try fields.checked()
        try await change(account) { account throws(ServiceFault) in try account.setTrust(trust, of: name) }
        return nil
    }

    func deleteRole(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let name = try Self.roleName(form)
        try await change(account) { account throws(ServiceFault) in try account.deleteRole(name) }
        return nil
    }

    func tagRole(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        var fields = FormFields(form)
        let (name, tags) = (fields.text("RoleName", .roleName), fields.tags())
        try fields.checked()
        try await change(account) { account throws(ServiceFault) in try account.tag(name, tags) }
        return nil
    }

    func listRoleTags(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let role = try await book.current(account).role(try Self.roleName(form))
        let page = try IdentityPage(role.tags.sorted { $0.key < $1.key }, form, key: \.key)
        var result = XMLWriter()
        result.list("Tags", page.items) { $0.tag($1.key, $1.value) }
        page.writeEnd(to: &result)
        return result
    }

    static func roleName(_ form: Form) throws(ServiceFault) -> String {
        var fields = FormFields(form)
        let name = fields.text("RoleName", .roleName)
        try fields.checked()
        return name
    }

    /// `/`, or printable characters without spaces between two slashes.
    static func checkPath(_ path: String) throws(ServiceFault) {
        let isPath = path.hasPrefix("/") && path.hasSuffix("/") && path.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        guard isPath else {
            throw ServiceFault(
                "ValidationError",
                "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric "
                    + "characters and/or / characters.")
        }
    }
}
