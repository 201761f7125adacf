/// The policy documents of a cross-account subscription, as they are given to AWS.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions-Kinesis.html
package enum PolicyDocuments {
    /// Who may subscribe log groups to a destination: accounts by their bare ids, the only form that is taken.
    ///
    /// `destination` is the destination's ARN, `senders` are account ids of twelve digits.
    package static func destinationAccess(destination: String, senders: [String]) -> String {
        let ids = senders.map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":[\(ids)]},\
            "Action":"logs:PutSubscriptionFilter","Resource":"\(destination)"}]}
            """
    }
}
