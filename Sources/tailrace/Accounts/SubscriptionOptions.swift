internal import AWS
internal import ArgumentParser
internal import Settings
internal import Setup

/// What of the sender's account is subscribed, and how.
struct SubscriptionOptions: ParsableArguments {
    @Option(
        name: .customLong("log-group"), parsing: .upToNextOption,
        help: ArgumentHelp("Log groups that are subscribed.", valueName: "group"))
    var logGroups: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Subscribe the whole account instead, by an account policy of this name.", valueName: "name")
    )
    var accountPolicy: String?

    @Option(
        name: .customLong("except-log-group"), parsing: .upToNextOption,
        help: ArgumentHelp("Log groups that the account policy leaves out.", valueName: "group"))
    var exceptLogGroups: [String] = []

    @Option(name: .long, help: "The subscription filter's name; by default the destination's.")
    var filter: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: "The filter pattern. Without it a filter keeps the one it has, and a new one takes every event.")
    var pattern: String?

    @Option(name: .long, help: "by-log-stream, which keeps the order of each log stream, or random.")
    var distribution: DistributionWord?

    @Option(
        name: .customLong("emit-field"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "Fields that CloudWatch Logs adds: @aws.account, @aws.region, @source.log.", valueName: "field"))
    var emittedFields: [String] = []

    @Flag(name: .long, help: "With a role in the sender's account: the destination admits an organization.")
    var withRole = false

    @Option(name: .long, help: "That role's name.")
    var senderRole = SenderGoal.roleDefault

    func validate() throws {
        for group in logGroups + exceptLogGroups {
            try RecipientOptions.check(group, "--log-group", ResourceNames.isLogGroup, ResourceNames.logGroupAllowed)
        }
        if let filter {
            try RecipientOptions.check(
                filter, "--filter", ResourceNames.isDestination, ResourceNames.destinationAllowed)
        }
        if let accountPolicy {
            try RecipientOptions.check(
                accountPolicy, "--account-policy", ResourceNames.isAccountPolicy, ResourceNames.policyNameAllowed)
        }
        try RecipientOptions.check(senderRole, "--sender-role", ResourceNames.isRole, ResourceNames.roleAllowed)
        guard logGroups.isEmpty || accountPolicy == nil else {
            throw ValidationError("--log-group and --account-policy exclude each other")
        }
        if accountPolicy == nil, !exceptLogGroups.isEmpty {
            throw ValidationError("--except-log-group goes with --account-policy")
        }
    }

    /// In the order they were given.
    private static func once(_ groups: [String]) -> [String] {
        var seen: Set<String> = []
        return groups.filter { seen.insert($0).inserted }
    }

    /// Whether anything is subscribed at all.
    var isEmpty: Bool { logGroups.isEmpty && accountPolicy == nil }

    func goal(
        place: AccountPlace, destination: DestinationARN, byOrganization: Bool = false, consent: Consent = Consent()
    ) -> SenderGoal {
        let scope: SenderGoal.Scope =
            accountPolicy.map { .account(policy: $0, except: exceptLogGroups) }
            ?? .groups(Self.once(logGroups), filter: filter ?? destination.name)
        return SenderGoal(
            place: place, destination: destination, scope: scope, pattern: pattern,
            distribution: distribution?.distribution, emittedFields: emittedFields.isEmpty ? nil : emittedFields,
            role: withRole || byOrganization ? senderRole : nil, consent: consent)
    }
}

enum DistributionWord: String, ExpressibleByArgument, CaseIterable {
    case byLogStream = "by-log-stream"
    case random

    var distribution: SubscriptionFilter.Distribution {
        switch self {
        case .byLogStream: .byLogStream
        case .random: .random
        }
    }
}

/// The destination as a sender names it.
struct DestinationOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The destination's ARN, as the recipient's set-up printed it.", valueName: "arn"))
    var destination: DestinationARN

    /// The log groups' Region; AWS wants it to be the destination's.
    @Option(name: .long, help: "The log groups' Region; by default the destination's, and AWS takes no other.")
    var region: String?

    func validate() throws {
        if let region {
            try RecipientOptions.check(region, "--region", AWSNames.isRegion, "a Region such as us-east-1")
        }
    }

    /// Said before anybody is asked, as AWS would say it only at the end.
    func requireOneRegion() throws {
        guard let region, region != destination.place.region else { return }
        throw CommandFailure(
            .failed,
            "log groups in \(region) cannot send to a destination in \(destination.place.region): AWS wants both in one "
                + "Region. Have the recipient run tailrace setup recipient --region \(region), with --stream-region where "
                + "the stream is")
    }
}

extension DestinationARN: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
