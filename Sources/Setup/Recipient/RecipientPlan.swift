private import AWS

extension RecipientGoal {
    /// What has to be done, in the order in which AWS takes it: the stream before the role that may write to it, both
    /// before the destination, which AWS tries at once.
    package func plan(from state: RecipientState) -> Plan {
        var plan = Plan()
        // What is not known could be overwritten.
        plan.refusals += state.unread.lines
        guard plan.refusals.isEmpty else { return plan }
        if encryptsLive(state) {
            // A stream that is written to is encrypted only once the role may use the key: what CloudWatch Logs is denied it
            // skips, for up to ten minutes.
            plan.role(roleGoal(state), state.role, consent: consent)
            planStream(state, &plan)
        } else {
            planStream(state, &plan)
            plan.role(roleGoal(state), state.role, consent: consent)
        }
        planDestination(state, &plan)
        return plan
    }
}

// MARK: the stream

extension RecipientGoal {
    private func planStream(_ state: RecipientState, _ plan: inout Plan) {
        if let key = state.key, !key.isUsable {
            plan.refusals.append(
                key.isThere
                    ? "key \(key.arn) is \(key.state), so nothing can be written with it: enable it first"
                    : "key \(key.arn) is not there: correct its name, or create it")
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
            if encryptsLive(state) { calls.append(.role(role, .waitUntilKnown)) }
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

    /// Whether a stream that a destination writes to gets a key that it has not.
    private func encryptsLive(_ state: RecipientState) -> Bool {
        let destinations = state.neighbours + [state.destination?.destination].compactMap(\.self)
        guard let key = stream.key, let summary = state.stream?.summary,
            destinations.contains(where: { $0.targetARN == streamARN })
        else { return false }
        return !Self.isSameKey(key, summary.encryptionKey, state.key)
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
        case _ where summary.status == .creating: break  // has no shards yet
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
            || key?.arn.hasSuffix(":key/\(used)") ?? false
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
        return PolicyQuestion(
            "sts:AssumeRole", by: .service(PolicyDocuments.logsService, region: place.region), context)
    }
}

// MARK: the destination

extension RecipientGoal {
    private func planDestination(_ state: RecipientState, _ plan: inout Plan) {
        let resource = Plan.Resource(.destination, destination)
        let existing = existingAccess(state)
        let access = access(after: existing ?? SenderAccess())
        let policy = accessPolicy(access, after: state.destination?.destination.accessPolicy, existing)
        let roleARN = roleARN(in: state)
        checkRemoved(existing, &plan)
        let put = call(.put(target: streamARN, role: roleARN))
        guard let there = state.destination else {
            checkAccess(SenderAccess(), access, policy, &plan)
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
        if !isOpen(there.destination, to: access, existing) {
            checkAccess(existing ?? SenderAccess(), access, policy, &plan)
            checkOdd(there.destination.accessPolicy, existing, policy, access, &plan)
            differences.append(Self.difference(there.destination.accessPolicy, existing, policy, access))
            let closesToRoleless = there.destination.accessPolicy != nil && existing?.isByOrganization != true
            calls.append(
                call(.putPolicy(policy, force: consent.force && access.isByOrganization && closesToRoleless)))
        }
        plan.change(
            resource, differences, owner: owner, consent: consent,
            adopting: [call(.tag(Ownership.adoptedTags))], calls)
    }

    private func call(_ call: DestinationCall) -> SetupCall { .destination(destinationARN, call) }

    /// A destination without a tag is ours as well when it is as we make it and nobody may use it yet: an interruption came
    /// between making it and tagging it, which cannot be one call, and access is given after that.
    func owner(of there: RecipientState.DestinationState, _ state: RecipientState) -> Ownership {
        let owner = Ownership(tags: there.tags)
        let isHalfDone =
            owner == .foreign && there.destination.roleARN == roleARN(in: state)
            && there.destination.targetARN == streamARN && there.destination.accessPolicy == nil
        return isHalfDone ? .made : owner
    }
}
