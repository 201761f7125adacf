/// CloudWatch Logs in memory, for any number of accounts and Regions, with real subscription delivery.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html
package struct LogsService: EmulatedService {
    static let targetPrefix = "Logs_20140328"

    let streams: any StreamWriter
    let clock: WallClock
    let settings: LogsSettings
    /// Whom to ask about roles; `nil` when every role will do.
    let roles: (any ServiceRoles)?
    /// For random partition keys.
    let random: @Sendable () -> UInt64
    private let regions: LogsRegions

    /// `streams` takes what subscription filters match, before the PutLogEvents call is answered.
    init(
        streams: any StreamWriter, clock: WallClock, settings: LogsSettings, roles: (any ServiceRoles)? = nil,
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) {
        self.streams = streams
        self.clock = clock
        self.settings = settings
        self.roles = roles
        self.random = random
        regions = LogsRegions(settings: settings)
    }

    func answer(operation name: String, body: [UInt8], caller: Caller) async throws(ServiceFault) -> [UInt8] {
        guard let operation = LogsOperation(rawValue: name) else {
            throw ServiceFault("UnknownOperationException", "The emulator knows no \(name).")
        }
        let place = LogsPlace(account: caller.account, region: caller.region)
        let call = LogsCall(body: body, place: place, region: await regions.at(place))
        switch operation {
        case .createLogGroup: return try await createLogGroup(call)
        case .createLogStream: return try await createLogStream(call)
        case .deleteAccountPolicy: return try await deleteAccountPolicy(call)
        case .deleteDestination: return try await deleteDestination(call)
        case .deleteLogGroup: return try await deleteLogGroup(call)
        case .deleteLogStream: return try await deleteLogStream(call)
        case .deleteSubscriptionFilter: return try await deleteSubscriptionFilter(call)
        case .describeAccountPolicies: return try await describeAccountPolicies(call)
        case .describeDestinations: return try await describeDestinations(call)
        case .describeLogGroups: return try await describeLogGroups(call)
        case .describeLogStreams: return try await describeLogStreams(call)
        case .describeSubscriptionFilters: return try await describeSubscriptionFilters(call)
        case .filterLogEvents: return try await filterLogEvents(call)
        case .getLogEvents: return try await getLogEvents(call)
        case .listTagsForResource: return try await listTagsForResource(call)
        case .putAccountPolicy: return try await putAccountPolicy(call)
        case .putDestination: return try await putDestination(call)
        case .putDestinationPolicy: return try await putDestinationPolicy(call)
        case .putLogEvents: return try await putLogEvents(call)
        case .putRetentionPolicy: return try await putRetentionPolicy(call)
        case .putSubscriptionFilter: return try await putSubscriptionFilter(call)
        case .tagResource: return try await tagResource(call)
        case .testMetricFilter: return try testMetricFilter(call)
        case .untagResource: return try await untagResource(call)
        }
    }

    /// The state of another account or Region.
    func region(at place: LogsPlace) async -> LogsRegion { await regions.at(place) }
}

/// One call: what it says, who makes it, and the state it is about.
struct LogsCall: Sendable {
    let body: [UInt8]
    let place: LogsPlace
    let region: LogsRegion

    /// The reply to a call that has nothing to say.
    static let done: [UInt8] = []
}

/// The accounts and Regions that have been spoken of.
private actor LogsRegions {
    private let settings: LogsSettings
    private var regions: [LogsPlace: LogsRegion] = [:]

    init(settings: LogsSettings) { self.settings = settings }

    func at(_ place: LogsPlace) -> LogsRegion {
        if let region = regions[place] { return region }
        let region = LogsRegion(place: place, settings: settings)
        regions[place] = region
        return region
    }
}

// MARK: - For the program that runs the emulator

extension LogsService {
    /// All events that a log group holds; `nil` when there is no such group.
    package func events(inGroup name: String, account: String, region: String) async -> StoredEvents? {
        await self.region(at: LogsPlace(account: account, region: region)).events(inGroup: name)
    }

    /// What the group's subscription filters matched and delivered; `nil` when there is no such group.
    package func deliveries(ofGroup name: String, account: String, region: String) async -> DeliveryCounts? {
        await self.region(at: LogsPlace(account: account, region: region)).deliveries(ofGroup: name)
    }
}
