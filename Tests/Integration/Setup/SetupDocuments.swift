/// Policies as people write them, for what set-up did not make or no longer finds as it was.
enum SetupDocuments {
    /// Lets a service assume a role on behalf of those sources.
    static func trust(_ service: String = "logs.amazonaws.com", sources: [String]) -> String {
        statement(
            #""Effect":"Allow","Principal":{"Service":"\#(service)"},"Action":"sts:AssumeRole","#
                + #""Condition":{"StringLike":{"aws:SourceArn":\#(list(sources))}}"#)
    }

    /// Lets an account's own users and roles assume a role.
    static func trust(account: String) -> String {
        statement(
            #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::\#(account):root"},"Action":"sts:AssumeRole""#)
    }

    static func allow(_ actions: String..., on resource: String) -> String { allow(actions, on: resource) }

    static func allow(_ actions: [String], on resource: String) -> String {
        statement(#""Effect":"Allow","Action":\#(list(actions)),"Resource":"\#(resource)""#)
    }

    static func deny(_ action: String, on resource: String) -> String {
        statement(#""Effect":"Deny","Action":"\#(action)","Resource":"\#(resource)""#)
    }

    /// Of a destination, for accounts.
    static func access(
        _ accounts: String..., to destination: String, action: String = "logs:PutSubscriptionFilter"
    ) -> String {
        statement(
            #""Effect":"Allow","Principal":{"AWS":\#(list(accounts))},"Action":"\#(action)","#
                + #""Resource":"\#(destination)""#)
    }

    /// Admits an account and forbids it.
    static func accessDenied(_ account: String, to destination: String) -> String {
        let statements = ["Allow", "Deny"].map { effect in
            #"{"Effect":"\#(effect)","Principal":{"AWS":"\#(account)"},"Action":"logs:PutSubscriptionFilter","#
                + #""Resource":"\#(destination)"}"#
        }
        return #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
    }

    /// Of a destination, for an organization.
    static func access(organization: String, to destination: String) -> String {
        statement(
            #""Effect":"Allow","Principal":"*","Action":"logs:PutSubscriptionFilter","Resource":"\#(destination)","#
                + #""Condition":{"StringEquals":{"aws:PrincipalOrgID":["\#(organization)"]}}"#)
    }

    /// Of a whole account's subscription.
    static func accountPolicy(to destination: String, pattern: String = "") -> String {
        #"{"DestinationArn":"\#(destination)","FilterPattern":"\#(pattern)","Distribution":"ByLogStream"}"#
    }

    private static func statement(_ members: String) -> String {
        #"{"Version":"2012-10-17","Statement":[{\#(members)}]}"#
    }

    private static func list(_ texts: [String]) -> String {
        "[\(texts.map { "\"\($0)\"" }.joined(separator: ","))]"
    }
}
