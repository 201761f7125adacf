private import AWS

extension RecipientGoal {
    /// What has to be done, in the order in which AWS takes it: the stream before the role that may write to it, both
    /// before the destination, which AWS tries at once.
    package func plan(from state: RecipientState) -> Plan {
        var plan = Plan()
        // What is not known could be overwritten.
        plan.refusals += state.unread.lines
        guard plan.refusals.isEmpty else { return plan }
        planStream(state, &plan)
        plan.role(roleGoal(state), state.role, consent: consent)
        planDestination(state, &plan)
        return plan
    }

    /// Who may send once this is done.
    ///
    /// Those who may already still do. Only an organization, given alone, takes the place of account ids: AWS then asks
    /// every sender for a role, whoever is listed.
    func access(after existing: SenderAccess) -> SenderAccess {
        let replaces = senders.isByOrganization && senders.accounts.isEmpty
        return SenderAccess(
            accounts: (replaces ? [] : existing.accounts + senders.accounts).without(removed.accounts),
            organizations: (existing.organizations + senders.organizations).without(removed.organizations),
            paths: (existing.paths + senders.paths).without(removed.paths),
            wholeAccounts: existing.wholeAccounts || senders.wholeAccounts)
    }
}

// MARK: the stream

extension RecipientGoal {
    private func planStream(_ state: RecipientState, _ plan: inout Plan) {
        if let key = state.key, !key.isUsable {
            plan.refusals.append("key \(key.arn) is \(key.state), so nothing can be written with it: enable it first")
        }
        guard let there = state.stream else { return createStream(&plan) }
        let resource = Plan.Resource(.stream, stream.name)
        if there.summary.status == .deleting {
            plan.refusals.append("\(resource) is being deleted: wait until it is gone, then run this again")
            return
        }
        var (differences, calls): ([Plan.Difference], [SetupCall]) = ([], [])
        if there.summary.status != .active { calls.append(wait) }
        if let hours = stream.retentionHours, hours > there.summary.retentionHours {
            differences.append(Plan.Difference("retention", "\(there.summary.retentionHours) h", "\(hours) h"))
            calls += [.stream(streamPlace, .increaseRetention(hours: hours)), wait]
        }
        if let key = stream.key, !Self.isSameKey(key, there.summary.encryptionKey, state.key) {
            differences.append(Plan.Difference("encryption", there.summary.encryptionKey ?? "none", key))
            calls += [.stream(streamPlace, .encrypt(key: key)), wait]
        }
        warnOfWhatStays(there.summary, &plan)
        let owner = Ownership(tags: there.tags)
        if differences.isEmpty, !calls.isEmpty {
            // Half done: it is only waited for.
            plan.steps.append(Plan.Step(resource: resource, verdict: .create(["waits until ACTIVE"]), calls: calls))
        } else {
            plan.change(
                resource, differences, owner: owner, consent: consent,
                adopting: [.stream(streamPlace, .tag(Ownership.adoptedTags))], calls)
        }
    }

    private var wait: SetupCall { .stream(streamPlace, .waitUntilActive) }

    private func createStream(_ plan: inout Plan) {
        let capacity = stream.capacity ?? .provisioned(shards: 1)
        var properties = [capacity.words]
        var calls: [SetupCall] = [
            .stream(streamPlace, .create(capacity, tags: Ownership.madeTags)), wait,
        ]
        if let hours = stream.retentionHours, hours > StreamLimits.retentionHoursDefault {
            properties.append("keeps records for \(hours) h")
            calls += [.stream(streamPlace, .increaseRetention(hours: hours)), wait]
        }
        if let key = stream.key {
            properties.append("encrypted with \(key)")
            calls += [.stream(streamPlace, .encrypt(key: key)), wait]
        }
        plan.create(Plan.Resource(.stream, stream.name), properties, calls)
    }

    /// A stream that is read is not resharded and loses nothing because somebody runs set-up.
    private func warnOfWhatStays(_ summary: StreamSummary, _ plan: inout Plan) {
        if let hours = stream.retentionHours, hours < summary.retentionHours {
            plan.warnings.append(
                "stream \(stream.name) keeps records for \(summary.retentionHours) h and not for \(hours) h: making that "
                    + "shorter deletes records, so it stays (aws kinesis decrease-stream-retention-period)")
        }
        switch stream.capacity {
        case nil: break
        case .onDemand where summary.mode == .onDemand: break
        case .onDemand:
            plan.warnings.append(
                "stream \(stream.name) stays provisioned: aws kinesis update-stream-mode changes that")
        case .provisioned(let shards):
            if summary.mode == .onDemand {
                plan.warnings.append(
                    "stream \(stream.name) stays on demand: aws kinesis update-stream-mode changes that")
            } else if shards != summary.openShards {
                plan.warnings.append(
                    "stream \(stream.name) has \(summary.openShards) open shards and not \(shards), and keeps them: aws "
                        + "kinesis update-shard-count changes that")
            }
        }
        if summary.ignoresPartitionKeys { plan.warnings.append(StreamWords.ignoresPartitionKeys(stream.name)) }
    }

    /// Whether the key that is asked for is the one that is used, by whichever of its names.
    static func isSameKey(_ wanted: String, _ used: String?, _ key: KeyState?) -> Bool {
        guard let used else { return false }
        return wanted == used || used == key?.arn || used.hasSuffix("/\(wanted)")
    }
}

package enum StreamLimits {
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html
    package static let retentionHoursDefault = 24
    package static let retentionHoursMax = 8760
}

enum StreamWords {
    static func ignoresPartitionKeys(_ name: String) -> String {
        "stream \(name) spreads records whatever their partition keys (record distribution AUTO), so log streams lose "
            + "their order: set it to USER_PARTITION_KEY (aws kinesis update-stream-record-distribution-strategy)"
    }
}

// MARK: the role

extension RecipientGoal {
    /// `state` says who may send already, and which key the stream has.
    func roleGoal(_ state: RecipientState) -> RoleGoal {
        let access = access(after: existingAccess(state) ?? SenderAccess())
        // The key's ARN once it is known; a policy takes no alias.
        let key = state.key?.arn
        return RoleGoal(
            name: role, trust: PolicyDocuments.recipientTrust(for: access, of: place),
            permissionsName: Self.permissionsName,
            permissions: PolicyDocuments.recipientPermissions(stream: streamARN, key: key),
            description: "CloudWatch Logs writes to stream \(stream.name)",
            trustQuestions: Self.trustQuestions(access, place),
            permissionQuestions: [PolicyQuestion("kinesis:PutRecord", on: streamARN)]
                + (key.map { [PolicyQuestion("kms:GenerateDataKey", on: $0)] } ?? []))
    }

    /// What CloudWatch Logs asks of the trust: once on the recipient's behalf, then on each sender's.
    static func trustQuestions(_ access: SenderAccess, _ place: AccountPlace) -> [PolicyQuestion] {
        let accounts = (access.accounts + [place.account]).map { trustQuestion(account: $0, place) }
        // Of an organization some account that nobody knows yet.
        let members = access.allOrganizations.map { organization in
            trustQuestion(account: "000000000000", organization: organization, place)
        }
        return accounts + members
    }

    static func trustQuestion(account: String, organization: String? = nil, _ place: AccountPlace) -> PolicyQuestion {
        var context = [
            "aws:SourceArn": "arn:\(place.partition):logs:\(place.region):\(account):log-group:any:*",
            "aws:SourceAccount": account,
        ]
        context["aws:SourceOrgID"] = organization
        return PolicyQuestion("sts:AssumeRole", by: .service(PolicyDocuments.logsService), context)
    }
}

// MARK: the destination

extension RecipientGoal {
    private func planDestination(_ state: RecipientState, _ plan: inout Plan) {
        let resource = Plan.Resource(.destination, destination)
        let existing = existingAccess(state)
        let access = access(after: existing ?? SenderAccess())
        let policy = PolicyDocuments.destinationAccess(access, destination: destinationARN.description)
        checkAccess(existing ?? SenderAccess(), access, policy, &plan)
        let put = call(.put(target: streamARN, role: roleARN))
        guard let there = state.destination else {
            plan.create(
                resource, ["to stream \(stream.name)", "open to \(access.words)"],
                [
                    put, call(.tag(Ownership.madeTags)), call(.putPolicy(policy, force: false)),
                ])
            return
        }
        var (differences, calls): ([Plan.Difference], [SetupCall]) = ([], [])
        if there.destination.targetARN != streamARN {
            differences.append(Plan.Difference("stream", there.destination.targetARN, streamARN))
        }
        if there.destination.roleARN != roleARN {
            differences.append(Plan.Difference("role", there.destination.roleARN, roleARN))
        }
        if !differences.isEmpty { calls.append(put) }
        let owner = owner(of: there, state)
        if owner == .made, Ownership(tags: there.tags) == .foreign {
            differences.append(Plan.Difference("tag \(Ownership.tagKey)", "none", "made"))
            calls.append(call(.tag(Ownership.madeTags)))
        }
        if existing != access {
            differences.append(Plan.Difference("open to", (existing ?? SenderAccess()).words, access.words))
            let needsForce = access.isByOrganization && existing.map { !$0.isByOrganization } == true
            calls.append(call(.putPolicy(policy, force: needsForce)))
        }
        plan.change(
            resource, differences, owner: owner, consent: consent,
            adopting: [call(.tag(Ownership.adoptedTags))], calls)
    }

    private func call(_ call: DestinationCall) -> SetupCall { .destination(destinationARN, call) }

    /// A destination without a tag is ours as well when it uses the role that we made: an interruption came between
    /// making it and tagging it, which cannot be one call.
    func owner(of there: RecipientState.DestinationState, _ state: RecipientState) -> Ownership {
        let owner = Ownership(tags: there.tags)
        let isHalfDone =
            owner == .foreign && there.destination.roleARN == roleARN && there.destination.targetARN == streamARN
            && state.role?.owner == .made
        return isHalfDone ? .made : owner
    }

    /// Who may send now; `nil` when the destination has no policy, or one that cannot be read.
    func existingAccess(_ state: RecipientState) -> SenderAccess? {
        guard let text = state.destination?.destination.accessPolicy,
            let document = try? PolicyDocument(parsing: text)
        else { return nil }
        return SenderAccess(document)
    }

    private func checkAccess(
        _ existing: SenderAccess, _ access: SenderAccess, _ policy: PolicyDocument, _ plan: inout Plan
    ) {
        if access.isEmpty {
            plan.refusals.append(
                "nobody could send: name senders by --sender ACCOUNT or --organization ID. AWS takes no empty policy; "
                    + "to close the destination, tear it down")
        }
        let bytes = policy.json.compact.utf8.count
        if bytes > Self.accessPolicyBytesMax {
            plan.refusals.append(
                "the destination's policy would have \(bytes) bytes, and AWS takes \(Self.accessPolicyBytesMax): admit the "
                    + "senders' organization (--organization) instead of each account")
        }
        guard !consent.force else { return }
        if access.isByOrganization, !existing.isByOrganization, !existing.accounts.isEmpty {
            plan.refusals.append(
                "destination \(destination) would be open to an organization, and from then on AWS asks every sender for a "
                    + "role. Filters of \(existing.accounts.joined(separator: ", ")) that have none stop. Have them run "
                    + "tailrace setup sender --with-role first, then give --force")
        }
        let lost = existing.organizations.without(access.organizations) + existing.paths.without(access.paths)
        if !lost.isEmpty {
            plan.refusals.append(
                "destination \(destination) would be closed to \(lost.joined(separator: ", ")): give --force if that is "
                    + "meant")
        }
    }

    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestinationPolicy.html
    package static let accessPolicyBytesMax = 5120
}

extension SenderAccess {
    /// What a destination's policy says as far as set-up says it, too; `nil` for one that says more or less.
    init?(_ document: PolicyDocument) {
        var access = SenderAccess()
        var actions: Set<String> = []
        for statement in document.statements {
            guard statement.allows, case .these(let allowed) = statement.actions, let principal = statement.principal
            else { return nil }
            actions.formUnion(allowed)
            if case .these = principal {
                guard statement.conditions.isEmpty else { return nil }
                access.accounts += principal["AWS"]
            } else {
                guard statement.conditions.count == 1 else { return nil }
                switch statement.conditions[0].key {
                case "aws:PrincipalOrgID": access.organizations += statement.conditions[0].values
                case "aws:PrincipalOrgPaths": access.paths += statement.conditions[0].values
                default: return nil
                }
            }
        }
        access.wholeAccounts = actions.contains("logs:PutAccountPolicy")
        guard actions == Set(access.actions) else { return nil }
        self.init(
            accounts: access.accounts, organizations: access.organizations, paths: access.paths,
            wholeAccounts: access.wholeAccounts)
    }

    var words: String {
        let names = accounts + organizations + paths
        guard !names.isEmpty else { return "nobody" }
        return names.joined(separator: ", ") + (wholeAccounts ? " (whole accounts, too)" : "")
    }
}

extension [String] {
    fileprivate func without(_ others: [String]) -> [String] { filter { !others.contains($0) } }
}
