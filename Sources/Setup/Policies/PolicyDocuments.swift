/// The policy documents of a cross-account subscription, as they are given to AWS.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions-Kinesis.html
package enum PolicyDocuments {
    /// Who CloudWatch Logs is where it takes a role.
    package static let logsService = "logs.amazonaws.com"

    /// Who may use the recipient's role: CloudWatch Logs, on behalf of these accounts' log groups in the destination's
    /// Region and nobody else's, which keeps it from being a confused deputy.
    ///
    /// The recipient's own account is among them: the message by which AWS tries a destination is sent on its behalf.
    package static func recipientTrust(for access: SenderAccess, of recipient: AccountPlace) -> PolicyDocument {
        let ids = (access.accounts + [recipient.account]).sortedOnce
        let named = trust([PolicyDocument.Condition("StringLike", "aws:SourceArn", ids.map(recipient.logs(of:)))])
        guard access.isByOrganization else { return named }
        // A second statement, since the operators of one must all hold.
        let members = trust([
            PolicyDocument.Condition("StringLike", "aws:SourceArn", [recipient.logs(of: "*")]),
            PolicyDocument.Condition("StringEquals", "aws:SourceOrgID", access.allOrganizations),
        ])
        return PolicyDocument(named.statements + members.statements)
    }

    /// What the recipient's role may do: write to the stream, and use the stream's key if that is the account's own.
    package static func recipientPermissions(stream: String, key: String?) -> PolicyDocument {
        PolicyDocument(
            [.allow(["kinesis:PutRecord"], on: [stream])]
                + (key.map { [.allow(["kms:GenerateDataKey"], on: [$0])] } ?? []))
    }

    /// Who may subscribe log groups to `destination`, its ARN: accounts by their bare ids, the only form that is taken, and
    /// whoever belongs to an organization.
    package static func destinationAccess(_ access: SenderAccess, destination: String) -> PolicyDocument {
        let actions = access.actions
        var statements: [PolicyDocument.Statement] = []
        if !access.accounts.isEmpty {
            statements.append(.allow(actions, on: [destination], to: .accounts(access.accounts)))
        }
        let members = [("aws:PrincipalOrgID", access.organizations), ("aws:PrincipalOrgPaths", access.paths)]
        for (key, values) in members where !values.isEmpty {
            // A principal's paths are a set, of which one has to be among these.
            let test = key == "aws:PrincipalOrgID" ? "StringEquals" : "ForAnyValue:StringLike"
            statements.append(
                .allow(
                    actions, on: [destination], to: .anyone, when: [PolicyDocument.Condition(test, key, values)]))
        }
        return PolicyDocument(statements)
    }

    /// Who may use a sender's role: CloudWatch Logs.
    package static let senderTrust = trust([])

    /// What a sender's role may do. `groups` are ARNs of log groups with `:*` behind.
    package static func senderPermissions(groups: [String]) -> PolicyDocument {
        PolicyDocument([.allow(["logs:PutLogEvents"], on: groups)])
    }

    private static func trust(_ conditions: [PolicyDocument.Condition]) -> PolicyDocument {
        PolicyDocument([.allow(["sts:AssumeRole"], to: .service(logsService), when: conditions)])
    }
}
