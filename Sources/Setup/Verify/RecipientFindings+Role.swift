/// What the role by which CloudWatch Logs writes to the stream lets it do.
extension RecipientGoal {
    func roleFindings(_ state: RecipientState) -> [Finding] {
        guard let there = state.role else {
            return [
                .fault("role \(role)", "is not there", remedy: "\(setup) creates it; AWS then needs up to two minutes")
            ]
        }
        return trustFindings(there, state) + permissionFindings(there, state)
    }

    private func trustFindings(_ there: RoleState, _ state: RecipientState) -> [Finding] {
        let subject = "trust of role \(role)"
        let way = "or set the trust that tailrace policies recipient-trust prints"
        let remedy = "\(setup(changing: there.owner)), \(way)"
        let document: PolicyDocument
        do throws(PolicyFault) {
            document = try PolicyDocument(parsing: there.trust)
        } catch {
            // Set-up loses what it cannot read only when it is told to.
            return [.fault(subject, "\(error)", remedy: "\(setup(changing: there.owner)) --force, \(way)")]
        }
        let own = document.verdict(on: Self.trustQuestion(account: place.account, place))
        let findings = [
            Finding(
                subject, own, allowed: "CloudWatch Logs may try the destination in \(place.region)",
                refused: "does not let \(PolicyDocuments.logsService) act for account \(place.account) in "
                    + "\(place.region): a destination cannot be made or changed",
                remedy: remedy)
        ]
        return findings + senderTrustFindings(document, judgedSenders(state), subject, there.owner, way)
    }

    private func senderTrustFindings(
        _ document: PolicyDocument, _ judged: SenderAccess, _ subject: String, _ owner: Ownership, _ way: String
    ) -> [Finding] {
        judged.accounts.map { account in
            let remedy = "\(setup) --sender \(account)\(owner.consentOption), \(way)"
            return trustFinding(of: account, document, subject, remedy: remedy)
        }
            + judged.allOrganizations.map { organization in
                Finding(
                    subject,
                    document.verdict(
                        on: Self.trustQuestion(account: "000000000000", organization: organization, place)),
                    allowed: "CloudWatch Logs may deliver for \(organization)",
                    refused:
                        "does not let CloudWatch Logs deliver for accounts of \(organization): all looks well, and "
                        + "nothing arrives",
                    remedy: "\(setup)\(judged.option(for: organization))\(owner.consentOption), \(way)")
            }
    }

    private func trustFinding(
        of account: String, _ document: PolicyDocument, _ subject: String, remedy: String
    ) -> Finding {
        let verdict = document.verdict(on: Self.trustQuestion(account: account, place))
        let named = verdict == .silent ? namedSources(of: account, in: document) : []
        guard named.isEmpty else {
            return .warning(
                subject,
                "lets CloudWatch Logs deliver for \(named.joined(separator: ", ")) and nothing else of \(account)",
                remedy: "nothing if those are all that send; else \(remedy)")
        }
        return Finding(
            subject, verdict, allowed: "CloudWatch Logs may deliver for \(account)",
            refused:
                "does not let CloudWatch Logs deliver for \(account) in \(place.region): all looks well, and nothing "
                + "arrives",
            remedy: remedy)
    }

    /// What of `account` a trust lets in by name, where it does not let in all.
    private func namedSources(of account: String, in document: PolicyDocument) -> [String] {
        let all = String(place.logs(of: account).dropLast())
        let isOfAccount: (PolicyDocument.Condition) -> Bool = { condition in
            condition.key.lowercased() == "aws:sourcearn" && condition.values.contains { $0.hasPrefix(all) }
        }
        let named = document.statements.flatMap(\.conditions).filter(isOfAccount).flatMap(\.values)
        var open = document
        for index in open.statements.indices { open.statements[index].conditions.removeAll(where: isOfAccount) }
        let isLetIn = open.verdict(on: Self.trustQuestion(account: account, place)) == .allowed
        return isLetIn ? named.filter { $0.hasPrefix(all) }.sortedOnce : []
    }

    private func permissionFindings(_ there: RoleState, _ state: RecipientState) -> [Finding] {
        let subject = "permissions of role \(role)"
        let remedy =
            "\(setup(changing: there.owner)), or set the policy that tailrace policies recipient-permissions prints"
        let (documents, unreadable) = there.permissions
        var findings = unreadable.map { Finding.warning(subject, "policy \($0)", remedy: "look at it by hand") }
        let writing = PolicyQuestion("kinesis:PutRecord", on: streamARN)
        findings.append(
            Finding(
                subject, documents.verdict(on: writing), deniers: there.deniers(of: writing),
                allowed: "kinesis:PutRecord on stream \(stream.name)",
                refused: "no kinesis:PutRecord on \(streamARN)", remedy: remedy))
        if let key = state.key, key.isThere {
            let encrypting = PolicyQuestion("kms:GenerateDataKey", on: key.arn)
            findings.append(
                Finding(
                    subject, documents.verdict(on: encrypting), deniers: there.deniers(of: encrypting),
                    allowed: "kms:GenerateDataKey on the stream's key",
                    refused: "no kms:GenerateDataKey on \(key.arn), by which the stream is encrypted", remedy: remedy))
        }
        return findings
    }
}
