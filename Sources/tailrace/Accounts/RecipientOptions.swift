internal import AWS
internal import ArgumentParser
internal import Settings
internal import Setup

/// The recipient's resources by their names.
struct RecipientOptions: ParsableArguments {
    @Option(name: .long, help: "The stream's name.")
    var stream: String

    @Option(name: .long, help: "The destination's name.")
    var destination: String

    @Option(
        name: .long,
        help: "The Region of the destination and of the senders' log groups; by default AWS_REGION or the profile's.")
    var region: String?

    @Option(name: .long, help: "The stream's Region, when it is another.")
    var streamRegion: String?

    @Option(name: .long, help: "The role by which CloudWatch Logs writes to the stream.")
    var role = RecipientGoal.roleDefault

    @OptionGroup(title: "SENDERS") var senders: SenderAccessOptions

    @Flag(name: .long, help: "The stream is on demand.")
    var onDemand = false

    @Option(name: .long, help: "The stream's shards. A stream that is there keeps what it has.")
    var shards: Int?

    @Option(name: .long, help: "How long the stream keeps records, 24 to 8760. Never made shorter.")
    var retentionHours: Int?

    @Option(name: .long, help: ArgumentHelp("Encrypt the stream: a key's ARN, id or alias.", valueName: "key"))
    var kmsKey: String?

    func validate() throws {
        try Self.check(stream, "--stream", AWSNames.isStreamName, "1 to 128 letters, digits and _ . -")
        try Self.check(destination, "--destination", ResourceNames.isDestination, ResourceNames.destinationAllowed)
        try Self.check(role, "--role", ResourceNames.isRole, ResourceNames.roleAllowed)
        for region in [region, streamRegion].compactMap(\.self) {
            try Self.check(region, "--region", AWSNames.isRegion, "a Region such as us-east-1")
        }
        if onDemand, shards != nil { throw ValidationError("--shards and --on-demand exclude each other") }
        if let shards, !(1...10_000).contains(shards) { throw ValidationError("--shards: 1 to 10000") }
        let hours = StreamLimits.retentionHoursDefault...StreamLimits.retentionHoursMax
        if let retentionHours, !hours.contains(retentionHours) {
            throw ValidationError("--retention-hours: \(hours.lowerBound) to \(hours.upperBound)")
        }
    }

    static func check(_ text: String, _ option: String, _ isAllowed: (String) -> Bool, _ allowed: String) throws {
        guard isAllowed(text) else { throw ValidationError("\(option): '\(text)' is none; allowed: \(allowed)") }
    }

    func goal(in account: OpenAccount, consent: Consent = Consent(), removed: SenderAccess = SenderAccess())
        -> RecipientGoal
    {
        goal(place: account.clients.place(region: account.region), consent: consent, removed: removed)
    }

    func goal(
        place: AccountPlace, consent: Consent = Consent(), removed: SenderAccess = SenderAccess()
    ) -> RecipientGoal {
        let capacity: StreamCapacity? = onDemand ? .onDemand : shards.map { .provisioned(shards: $0) }
        return RecipientGoal(
            place: place,
            stream: RecipientGoal.StreamGoal(
                name: stream, region: streamRegion ?? place.region, capacity: capacity, retentionHours: retentionHours,
                key: kmsKey),
            destination: destination, role: role,
            senders: senders.access, removed: removed, consent: consent)
    }
}
