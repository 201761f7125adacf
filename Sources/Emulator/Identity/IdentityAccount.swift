/// What one account has in IAM: a machine that is told a change, and asked.
struct IdentityAccount: Sendable {
    let number: String
    private(set) var roles: [String: EmulatedRole] = [:]
    /// By ARN.
    private(set) var policies: [String: ManagedPolicy] = [:]
    private var made = 0

    init(_ number: String) { self.number = number }

    func role(_ name: String) throws(ServiceFault) -> EmulatedRole {
        guard let role = roles[name] else { throw IdentityFault.noRole(name) }
        return role
    }

    /// The role of just this ARN, path included.
    func role(arn: String) -> EmulatedRole? {
        guard let name = arn.split(separator: "/").last, let role = roles[String(name)], role.arn == arn else {
            return nil
        }
        return role
    }

    func policy(_ arn: String) throws(ServiceFault) -> ManagedPolicy {
        guard let policy = policies[arn] else { throw IdentityFault.noPolicy(arn) }
        return policy
    }

    /// All that a role's policies say, inline and attached.
    func documents(of role: EmulatedRole) -> [PolicyDocument] {
        Array(role.inline.values) + role.attached.compactMap { policies[$0]?.document }
    }

    func attachments(of arn: String) -> Int { roles.values.count { $0.attached.contains(arn) } }
}

// MARK: - Changes

extension IdentityAccount {
    mutating func create(_ draft: RoleDraft, now: Int64) throws(ServiceFault) -> EmulatedRole {
        let trust = try PolicyParser(kind: .trust).parse(draft.trust)
        guard trust.size <= IdentityLimits.trustCharactersMax else { throw IdentityFault.trustTooLong }
        guard !roles.keys.contains(where: { $0.lowercased() == draft.name.lowercased() }) else {
            throw IdentityFault.exists("Role with name \(draft.name) already exists.")
        }
        let role = EmulatedRole(
            name: draft.name, path: draft.path, arn: "arn:aws:iam::\(number):role\(draft.path)\(draft.name)",
            id: nextID("AROA"), created: now, description: draft.description,
            sessionSecondsMax: draft.sessionSecondsMax, trust: trust, tags: draft.tags)
        roles[draft.name] = role
        return role
    }

    mutating func create(_ draft: PolicyDraft, now: Int64) throws(ServiceFault) -> ManagedPolicy {
        let document = try PolicyParser(kind: .identity).parse(draft.document)
        guard document.size <= IdentityLimits.managedCharactersMax else { throw IdentityFault.policyTooLong }
        let arn = "arn:aws:iam::\(number):policy\(draft.path)\(draft.name)"
        guard policies[arn] == nil else {
            throw IdentityFault.exists("A policy called \(draft.name) already exists. Duplicate names are not allowed.")
        }
        let policy = ManagedPolicy(
            name: draft.name, path: draft.path, arn: arn, id: nextID("ANPA"), created: now,
            description: draft.description, document: document, tags: draft.tags)
        policies[arn] = policy
        return policy
    }

    mutating func setTrust(_ source: String, of name: String) throws(ServiceFault) {
        var role = try role(name)
        role.trust = try PolicyParser(kind: .trust).parse(source)
        guard role.trust.size <= IdentityLimits.trustCharactersMax else { throw IdentityFault.trustTooLong }
        roles[name] = role
    }

    mutating func put(_ policy: String, _ source: String, in name: String) throws(ServiceFault) {
        var role = try role(name)
        role.inline[policy] = try PolicyParser(kind: .identity).parse(source)
        guard role.inline.values.reduce(0, { $0 + $1.size }) <= IdentityLimits.inlineCharactersMax else {
            throw IdentityFault.inlineTooLong(name)
        }
        roles[name] = role
    }

    mutating func removePolicy(_ policy: String, from name: String) throws(ServiceFault) {
        var role = try role(name)
        guard role.inline.removeValue(forKey: policy) != nil else { throw IdentityFault.noInlinePolicy(policy) }
        roles[name] = role
    }

    mutating func attach(_ arn: String, to name: String) throws(ServiceFault) {
        var role = try role(name)
        guard policies[arn] != nil else { throw IdentityFault.notAttachable(arn) }
        guard !role.attached.contains(arn) else { return }
        guard role.attached.count < IdentityLimits.attachedPoliciesMax else { throw IdentityFault.tooManyAttached }
        role.attached.append(arn)
        roles[name] = role
    }

    mutating func detach(_ arn: String, from name: String) throws(ServiceFault) {
        var role = try role(name)
        guard let index = role.attached.firstIndex(of: arn) else { throw IdentityFault.noPolicy(arn) }
        role.attached.remove(at: index)
        roles[name] = role
    }

    mutating func tag(_ name: String, _ added: [String: String]) throws(ServiceFault) {
        var role = try role(name)
        role.tags.merge(added) { _, new in new }
        guard role.tags.count <= IdentityLimits.tagsMax else { throw IdentityFault.tooManyTags }
        roles[name] = role
    }

    mutating func deleteRole(_ name: String) throws(ServiceFault) {
        let role = try role(name)
        guard role.attached.isEmpty else { throw IdentityFault.stillAttached }
        guard role.inline.isEmpty else { throw IdentityFault.stillInline }
        roles[name] = nil
    }

    /// Of the form of AWS's: 21 capital letters and digits. No two of an emulator are alike.
    private mutating func nextID(_ prefix: String) -> String {
        made += 1
        return prefix + MD5.digest("\(number):\(made)".utf8).lowercaseHex.uppercased().prefix(17)
    }
}

/// What CreateRole was told.
struct RoleDraft: Sendable {
    let name: String
    let path: String
    let description: String?
    let sessionSecondsMax: Int
    let trust: String
    let tags: [String: String]
}

/// What CreatePolicy was told.
struct PolicyDraft: Sendable {
    let name: String
    let path: String
    let description: String?
    let document: String
    let tags: [String: String]
}
