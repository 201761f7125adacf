private import AWS
private import Settings

extension RecipientGoal {
    /// Every part of the recipient's account by itself, since AWS takes a subscription while half of them are broken.
    package func findings(in state: RecipientState) -> [Finding] {
        state.unread.findings
            + (state.unread[.stream] == nil ? streamFindings(state) : [])
            + (state.unread[.role] == nil ? roleFindings(state) : [])
            + (state.unread[.destination] == nil ? destinationFindings(state) : [])
    }

    /// The command that makes what is missing.
    var setup: String { "tailrace setup recipient" }

    /// The command that changes what is there.
    func setup(changing owner: Ownership) -> String { setup + owner.consentOption }

    /// Those who were named. When nobody was, those whom the destination admits: what they send has to arrive.
    func judgedSenders(_ state: RecipientState) -> SenderAccess {
        guard senders.isEmpty, var admitted = existingAccess(state) else { return senders }
        admitted.wholeAccounts = admitted.wholeAccounts || senders.wholeAccounts
        return admitted
    }
}

// MARK: the stream

extension RecipientGoal {
    private func streamFindings(_ state: RecipientState) -> [Finding] {
        let subject = "stream \(stream.name)"
        guard let there = state.stream?.summary else {
            return [
                .fault(
                    subject, "is not there (account \(place.account), \(stream.region))",
                    remedy: "\(setup) creates it")
            ]
        }
        var findings: [Finding] = [statusFinding(subject, there.status)]
        findings.append(
            .ok(
                subject,
                "\(there.mode == .onDemand ? "on demand" : "provisioned") with \(there.openShards) open "
                    + "\(there.openShards == 1 ? "shard" : "shards")"))
        if there.ignoresPartitionKeys {
            findings.append(
                .warning(
                    "order in \(subject)",
                    "records are spread whatever their partition keys, so log streams lose their order",
                    remedy: "aws kinesis update-stream-record-distribution-strategy --stream-arn \(streamARN) "
                        + "--record-distribution-strategy USER_PARTITION_KEY"))
        }
        findings.append(retentionFinding(there.retentionHours, streamConsent(state)))
        return findings + encryptionFindings(subject, there, state)
    }

    private func streamConsent(_ state: RecipientState) -> String {
        Ownership(tags: state.stream?.tags ?? [:]).consentOption
    }

    private func statusFinding(_ subject: String, _ status: StreamSummary.Status) -> Finding {
        switch status {
        case .active: .ok(subject, "is ACTIVE")
        case .updating: .ok(subject, "is UPDATING and takes records")
        case .creating: .fault(subject, "is still CREATING", remedy: "wait a minute and verify again")
        case .deleting: .fault(subject, "is being deleted", remedy: "wait until it is gone; \(setup) makes it anew")
        }
    }

    private func retentionFinding(_ hours: Int, _ consent: String) -> Finding {
        let subject = "retention of stream \(stream.name)"
        let wanted = stream.retentionHours ?? StreamLimits.retentionHoursDefault
        guard hours < wanted else { return .ok(subject, "records are kept for \(hours) h") }
        return .fault(
            subject, "records are kept for \(hours) h, not \(wanted) h",
            remedy: "\(setup) --retention-hours \(wanted)\(consent)")
    }

    private func encryptionFindings(_ subject: String, _ there: StreamSummary, _ state: RecipientState) -> [Finding] {
        let subject = "encryption of \(subject)"
        // That the key could not be looked at is a finding of its own.
        guard state.unread[.key] == nil else { return [] }
        if let key = stream.key, state.key?.isThere == false {
            return [.fault(subject, "key \(key) is not there", remedy: "correct its name, or create it")]
        }
        if let key = stream.key, !Self.isSameKey(key, there.encryptionKey, state.key) {
            return [
                .fault(
                    subject, "is by \(there.encryptionKey ?? "no key"), not \(key)",
                    remedy: "\(setup) --kms-key \(key)\(streamConsent(state))")
            ]
        }
        guard let used = there.encryptionKey else { return [.ok(subject, "none")] }
        guard let key = state.key else { return [.ok(subject, "by AWS's own key \(used), which needs no right")] }
        guard key.isThere else {
            return [
                .fault(
                    subject, "key \(used) is gone, and with it all that was written by it",
                    remedy: "\(setup) --kms-key with another key")
            ]
        }
        guard key.isUsable else {
            let cancelling =
                key.state == "PendingDeletion" ? "aws kms cancel-key-deletion --key-id \(key.arn), then " : ""
            return [
                .fault(
                    subject, "key \(key.arn) is \(key.state), so nothing can be written or read",
                    remedy: "\(cancelling)aws kms enable-key --key-id \(key.arn)")
            ]
        }
        return [.ok(subject, "by key \(key.arn)")]
    }
}

// MARK: the destination

extension RecipientGoal {
    private func destinationFindings(_ state: RecipientState) -> [Finding] {
        let subject = "destination \(destination)"
        guard let found = state.destination else {
            return [.fault(subject, "is not there (\(place.region))", remedy: "\(setup) creates it")]
        }
        let there = found.destination
        let setup = setup(changing: owner(of: found, state))
        var findings: [Finding] = []
        findings.append(
            there.targetARN == streamARN
                ? .ok(subject, "sends to stream \(stream.name)")
                : .fault(subject, "sends to \(there.targetARN), not \(streamARN)", remedy: setup))
        findings.append(
            there.roleARN == roleARN(in: state)
                ? .ok(subject, "uses role \(role)")
                : .fault(subject, "uses \(there.roleARN), not \(roleARN(in: state))", remedy: setup))
        return findings + accessFindings(there, judgedSenders(state), remedy: accessRemedy(setup, state))
    }

    private func accessRemedy(_ setup: String, _ state: RecipientState) -> String {
        let ways = "or aws logs put-destination-policy with what tailrace policies destination-access prints"
        guard let accounts = accountsWithoutRoles(state) else { return "\(setup), \(ways)" }
        return "\(setup) --force, once every filter of \(accounts.joined(separator: ", ")) has a role (tailrace setup "
            + "sender --with-role); \(ways)"
    }

    private func accessFindings(_ there: Destination, _ judged: SenderAccess, remedy: String) -> [Finding] {
        let subject = "access to destination \(destination)"
        guard let text = there.accessPolicy else {
            return [.fault(subject, "there is no policy, so nobody may subscribe", remedy: remedy)]
        }
        let document: PolicyDocument
        do throws(PolicyFault) {
            document = try PolicyDocument(parsing: text)
        } catch {
            return [.fault(subject, "\(error)", remedy: "\(setup) --force, or put another one by hand")]
        }
        guard !judged.isEmpty else {
            return [
                .warning(
                    subject, "the policy is none that tailrace would write, and nobody was named who is to be let in",
                    remedy: "name the senders: --sender, --organization or --organization-path")
            ]
        }
        // AWS takes a policy with any action and any resource in it.
        return accessQuestions(judged).map { name, question in
            Finding(
                subject, document.verdict(on: question), allowed: "\(name) may \(question.action)",
                refused: "\(name) may not \(question.action)", remedy: remedy)
        }
    }
}

extension Finding {
    /// What a policy's verdict means for who needs what was asked. `deniers` are the policies that forbid it, when there
    /// are several.
    init(
        _ subject: String, _ verdict: PolicyVerdict, deniers: [String] = [], allowed: String, refused: String,
        remedy: String
    ) {
        switch verdict {
        case .allowed: self = .ok(subject, allowed)
        case .silent: self = .fault(subject, refused, remedy: remedy)
        case .denied:
            let place = deniers.isEmpty ? "" : " in \(deniers.joined(separator: " and "))"
            self = .fault(subject, "\(refused): a Deny\(place) forbids it", remedy: "remove the Deny, or narrow it")
        case .depends(let keys):
            self = .warning(
                subject,
                "\(refused) unless a condition on \(keys.joined(separator: ", ")) holds, which cannot be told here",
                remedy: "look at it by hand")
        }
    }
}

extension SenderAccess {
    /// What admits an organization, or those parts of it that were named and no more.
    func option(for organization: String) -> String {
        guard !organizations.contains(organization) else { return " --organization \(organization)" }
        let parts = paths.filter { $0.hasPrefix("\(organization)/") }.map(ShellText.quoted)
        return " --organization-path \(parts.joined(separator: " "))"
    }
}
