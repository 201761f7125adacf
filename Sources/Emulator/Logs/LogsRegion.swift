/// What one account has in one Region. All changes to it happen here, one after the other.
actor LogsRegion {
    let place: LogsPlace
    let settings: LogsSettings
    var groups: [String: LogGroup] = [:]
    var destinations: [String: Destination] = [:]
    /// One at most, says AWS.
    var accountPolicy: AccountPolicy?
    /// By the resource's name, a log group's without `:*`.
    var tags: [String: [String: String]] = [:]
    private var requests: UInt64 = 0
    private var lastIngestion: Int64 = 0

    init(place: LogsPlace, settings: LogsSettings) {
        self.place = place
        self.settings = settings
    }

    /// Lets `body` change a group where it lies.
    func withGroup<Answer>(
        _ name: String, _ body: (inout LogGroup) throws(ServiceFault) -> Answer
    ) throws(ServiceFault) -> Answer {
        guard let index = groups.index(forKey: name) else { throw LogsFault.noGroup }
        return try body(&groups.values[index])
    }

    /// Lets `body` change a log stream where it lies: its events are never copied.
    func withStream<Answer>(
        _ group: String, _ name: String, _ body: (inout LogStream) throws(ServiceFault) -> Answer
    ) throws(ServiceFault) -> Answer {
        try withGroup(group) { group throws(ServiceFault) in
            guard let index = group.streams.index(forKey: name) else { throw LogsFault.noStream }
            return try body(&group.streams.values[index])
        }
    }

    /// Takes a batch, or refuses it.
    func put(_ request: PutLogEventsRequest, now: Int64) throws(ServiceFault) -> PutOutcome {
        // No copy of the group may live on, or the append below copies its table of streams.
        guard let (retention, filters) = groups[request.group].map({ ($0.retentionDays, filters(of: $0)) }) else {
            throw LogsFault.noGroup
        }
        return try withStream(request.group, request.stream) { stream throws(ServiceFault) in
            let verdict = try PutVerdict(request.events, now: now, retentionDays: retention, settings: settings)
            let batch = StoredBatch(
                events: request.events, accepted: verdict.accepted, ingestion: nextIngestion(now),
                request: nextRequest())
            guard !batch.accepted.isEmpty else { return PutOutcome(verdict: verdict, delivery: nil) }
            stream.append(batch)
            guard !filters.isEmpty else { return PutOutcome(verdict: verdict, delivery: nil) }
            let delivery = PendingDelivery(
                batch: batch, filters: filters, line: stream.deliveries, ticket: stream.drawTicket())
            return PutOutcome(verdict: verdict, delivery: delivery)
        }
    }

    /// The group's own, and the account's unless that leaves the group out.
    private func filters(of group: LogGroup) -> [SubscriptionFilter] {
        guard let accountPolicy, accountPolicy.applies(to: group) else { return group.filters }
        return group.filters + [accountPolicy.filter]
    }

    func count(_ counts: DeliveryCounts, group: String) {
        groups[group]?.deliveries += counts
    }

    func events(inGroup name: String) -> StoredEvents? {
        groups[name].map { StoredEvents($0.streams.values) }
    }

    func deliveries(ofGroup name: String) -> DeliveryCounts? { groups[name]?.deliveries }

    /// Ids of events put at one millisecond still grow from call to call.
    private func nextRequest() -> UInt64 {
        requests += 1
        return requests
    }

    /// Never falls, even when the clock does.
    private func nextIngestion(_ now: Int64) -> Int64 {
        lastIngestion = max(lastIngestion, now)
        return lastIngestion
    }
}

/// What came of a put.
struct PutOutcome: Sendable {
    let verdict: PutVerdict
    /// What the group's subscription filters have to look at, if it has any.
    let delivery: PendingDelivery?
}

/// A batch on its way to the streams that subscribe to its group. It holds a ticket of the line, which must be used.
struct PendingDelivery: Sendable {
    let batch: StoredBatch
    let filters: [SubscriptionFilter]
    let line: DeliveryLine
    let ticket: Int
}
