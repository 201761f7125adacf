internal import AWS
internal import ArgumentParser
internal import Settings
internal import Setup

struct PoliciesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policies",
        abstract: "Prints one policy document, as setup would put it.",
        discussion: """
            consumer: for whoever runs tailrace with --config, or reads --stream. recipient-trust, recipient-permissions: of \
            the role by which CloudWatch Logs writes to the stream. destination-access: who may subscribe. sender-trust, \
            sender-permissions: of a sender's role, for a destination that admits an organization.

            Asks AWS for nothing when --account and --region are given.
            """)

    enum Name: String, ExpressibleByArgument, CaseIterable {
        case consumer
        case recipientTrust = "recipient-trust"
        case recipientPermissions = "recipient-permissions"
        case destinationAccess = "destination-access"
        case senderTrust = "sender-trust"
        case senderPermissions = "sender-permissions"
    }

    @Argument(help: "Which one.")
    var name: Name

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The account that the document is for, twelve digits; by default whose credentials are found.",
            valueName: "account"))
    var account: String?

    @Option(name: .long, help: "The Region of destination and log groups; by default AWS_REGION or the profile's.")
    var region: String?

    @Option(name: .long, help: "The stream's name.")
    var stream: String?

    @Option(name: .long, help: "The stream's Region, when it is another.")
    var streamRegion: String?

    @Option(name: .long, help: "The destination's name.")
    var destination: String?

    @OptionGroup(title: "SENDERS") var senders: SenderAccessOptions

    @Option(
        name: .customLong("log-group"), parsing: .upToNextOption,
        help: ArgumentHelp("The sender's log groups; without, all of them.", valueName: "group"))
    var logGroups: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("The ARN of the customer's key that the stream is encrypted with.", valueName: "arn"))
    var kmsKey: String?

    @OptionGroup var daemon: DaemonSettingsOption
    @OptionGroup var credentials: RecipientCredentials

    func validate() throws {
        if let account { try RecipientOptions.check(account, "--account", AWSNames.isAccount, "twelve digits") }
        if let region {
            try RecipientOptions.check(region, "--region", AWSNames.isRegion, "a Region such as us-east-1")
        }
        if let stream {
            try RecipientOptions.check(stream, "--stream", AWSNames.isStreamName, "1 to 128 letters, digits and _ . -")
        }
        if let streamRegion {
            try RecipientOptions.check(streamRegion, "--stream-region", AWSNames.isRegion, "a Region such as us-east-1")
        }
        if let destination {
            try RecipientOptions.check(
                destination, "--destination", ResourceNames.isDestination, ResourceNames.destinationAllowed)
        }
        for group in logGroups {
            try RecipientOptions.check(group, "--log-group", ResourceNames.isLogGroup, ResourceNames.logGroupAllowed)
        }
        if let kmsKey {
            try RecipientOptions.check(
                kmsKey, "--kms-key", { $0.hasPrefix("arn:") && $0.contains(":key/") },
                "a key's ARN, as policies want it")
        }
        switch name {
        case .consumer where stream == nil && daemon.config == nil:
            throw ValidationError("consumer: give --config, or --stream")
        case .recipientPermissions where stream == nil: throw ValidationError("recipient-permissions: give --stream")
        case .destinationAccess where destination == nil:
            throw ValidationError("destination-access: give --destination")
        case .destinationAccess where senders.access.isEmpty:
            throw ValidationError("destination-access: give --sender, --organization or --organization-path")
        case .recipientTrust where senders.access.isEmpty:
            throw ValidationError("recipient-trust: give --sender, --organization or --organization-path")
        case .consumer, .recipientTrust, .recipientPermissions, .destinationAccess, .senderTrust, .senderPermissions:
            break
        }
    }

    func run() async throws {
        let settings = try daemon.load()
        let document = try document(in: await place(settings), settings)
        try StandardStream.deliver(Array(document.json.pretty.utf8))
    }

    private func place(_ settings: TailraceSettings?) async throws -> AccountPlace {
        if let account, let region = region ?? settings?.stream.region {
            return AccountPlace(partition: Partition(region: region).name, account: account, region: region)
        }
        return try await OpenAccount.use(credentials.identity, region: region) { open in
            let place = open.clients.place(region: open.region)
            return AccountPlace(
                partition: place.partition, account: account ?? place.account, region: place.region)
        }
    }

    private func document(in place: AccountPlace, _ settings: TailraceSettings?) throws -> PolicyDocument {
        let streamARN = stream.map { place.stream($0, region: streamRegion ?? place.region) } ?? ""
        switch name {
        case .consumer:
            let needs =
                settings.map { ConsumerNeeds($0, in: place, key: kmsKey) }
                ?? ConsumerNeeds(stream: streamARN, key: kmsKey)
            return PolicyDocuments.consumer(needs)
        case .recipientTrust: return PolicyDocuments.recipientTrust(for: senders.access, of: place)
        case .recipientPermissions: return PolicyDocuments.recipientPermissions(stream: streamARN, key: kmsKey)
        case .destinationAccess:
            return PolicyDocuments.destinationAccess(
                senders.access, destination: place.destination(destination ?? ""))
        case .senderTrust: return PolicyDocuments.senderTrust
        case .senderPermissions:
            let groups = logGroups.isEmpty ? ["*"] : logGroups
            return PolicyDocuments.senderPermissions(groups: groups.map(place.logGroup))
        }
    }
}
