// What roles may do: policies of their own, and managed ones.
extension IdentityService {
    func putRolePolicy(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        var fields = FormFields(form)
        let (role, policy) = (fields.text("RoleName", .roleName), fields.text("PolicyName", .policyName))
        let document = fields.text("PolicyDocument", .document)
        try fields.checked()
        try await change(account) { account throws(ServiceFault) in try account.put(policy, document, in: role) }
        return nil
    }

    func getRolePolicy(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let (name, policy) = try Self.roleAndPolicy(form)
        let role = try await book.current(account).role(name)
        guard let document = role.inline[policy] else { throw IdentityFault.noInlinePolicy(policy) }
        var result = XMLWriter()
        result.element("RoleName", name)
        result.element("PolicyName", policy)
        result.element("PolicyDocument", document.encoded)
        return result
    }

    func deleteRolePolicy(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let (role, policy) = try Self.roleAndPolicy(form)
        try await change(account) { account throws(ServiceFault) in try account.removePolicy(policy, from: role) }
        return nil
    }

    func listRolePolicies(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let role = try await book.current(account).role(try Self.roleName(form))
        let page = try IdentityPage(role.inline.keys.sorted(), form, key: \.self)
        var result = XMLWriter()
        result.element("PolicyNames") { names in
            for name in page.items { names.element("member", name) }
        }
        page.writeEnd(to: &result)
        return result
    }

    func createPolicy(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        var fields = FormFields(form)
        let draft = PolicyDraft(
            name: fields.text("PolicyName", .policyName), path: fields.optionalText("Path", .path) ?? "/",
            description: fields.optionalText("Description", .description),
            document: fields.text("PolicyDocument", .document), tags: fields.tags())
        try fields.checked()
        try Self.checkPath(draft.path)
        let now = clock.now()
        let policy = try await change(account) { account throws(ServiceFault) in try account.create(draft, now: now) }
        var result = XMLWriter()
        policy.write(to: &result, attachments: 0)
        return result
    }

    func getPolicy(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        var fields = FormFields(form)
        let arn = fields.text("PolicyArn", .arn)
        try fields.checked()
        let state = await book.current(account)
        var result = XMLWriter()
        try state.policy(arn).write(to: &result, attachments: state.attachments(of: arn))
        return result
    }

    func getPolicyVersion(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        var fields = FormFields(form)
        let (arn, version) = (fields.text("PolicyArn", .arn), fields.text("VersionId", .versionID))
        try fields.checked()
        let policy = try await book.current(account).policy(arn)
        guard version == ManagedPolicy.version else { throw IdentityFault.noVersion(version, arn) }
        var result = XMLWriter()
        result.element("PolicyVersion") { shown in
            shown.element("Document", policy.document.encoded)
            shown.element("VersionId", version)
            shown.element("IsDefaultVersion", "true")
            shown.element("CreateDate", DateText.iso8601(policy.created))
        }
        return result
    }

    func attachRolePolicy(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let (role, arn) = try Self.roleAndARN(form)
        try await change(account) { account throws(ServiceFault) in try account.attach(arn, to: role) }
        return nil
    }

    func detachRolePolicy(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let (role, arn) = try Self.roleAndARN(form)
        try await change(account) { account throws(ServiceFault) in try account.detach(arn, from: role) }
        return nil
    }

    func listAttachedRolePolicies(_ form: Form, _ account: String) async throws(ServiceFault) -> XMLWriter? {
        let state = await book.current(account)
        let role = try state.role(try Self.roleName(form))
        let prefix = form["PathPrefix"] ?? "/"
        let policies = role.attached.compactMap { state.policies[$0] }.filter { $0.path.hasPrefix(prefix) }
        let page = try IdentityPage(policies, form, key: \.arn)
        var result = XMLWriter()
        result.list("AttachedPolicies", page.items) { writer, policy in
            writer.element("PolicyName", policy.name)
            writer.element("PolicyArn", policy.arn)
        }
        page.writeEnd(to: &result)
        return result
    }

    private static func roleAndPolicy(_ form: Form) throws(ServiceFault) -> (role: String, policy: String) {
        var fields = FormFields(form)
        let names = (fields.text("RoleName", .roleName), fields.text("PolicyName", .policyName))
        try fields.checked()
        return names
    }

    private static func roleAndARN(_ form: Form) throws(ServiceFault) -> (role: String, arn: String) {
        var fields = FormFields(form)
        let names = (fields.text("RoleName", .roleName), fields.text("PolicyArn", .arn))
        try fields.checked()
        return names
    }
}
