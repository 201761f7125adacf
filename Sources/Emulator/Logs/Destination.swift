/// What lets other accounts write to a stream of this one.
struct Destination: Sendable {
    let name: String
    let arn: String
    let created: Int64
    var targetARN: String
    var roleARN: String
    var policy: DestinationPolicy?

    func write(to reply: inout JSONWriter) {
        reply.object { reply in
            reply.member("destinationName", name)
            reply.member("targetArn", targetARN)
            reply.member("roleArn", roleARN)
            reply.member("accessPolicy", policy?.source)
            reply.member("arn", arn)
            reply.member("creationTime", created)
        }
    }
}
