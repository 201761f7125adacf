package import Settings

/// What Tailrace touches while it runs, as ARNs. Groups are patterns as `Resource` takes them, with `:*` behind.
package struct ConsumerNeeds: Hashable, Sendable {
    package let stream: String
    /// Of a customer's key, which the stream is encrypted with. AWS's own key needs no right.
    package var key: String?
    package var writtenGroups: [String]
    /// Those of `writtenGroups` that are made when they are missing.
    package var createdGroups: [String]
    /// Those of `createdGroups` that are told how long to keep events.
    package var groupsWithRetention: [String]

    package init(
        stream: String, key: String? = nil, writtenGroups: [String] = [], createdGroups: [String] = [],
        groupsWithRetention: [String] = []
    ) {
        self.stream = stream
        self.key = key
        self.writtenGroups = writtenGroups.sortedOnce
        self.createdGroups = createdGroups.sortedOnce
        self.groupsWithRetention = groupsWithRetention.sortedOnce
    }

    /// `place` is the account Tailrace runs in, and the Region it takes when the settings name none. The key is not in
    /// the settings: DescribeStreamSummary tells it.
    ///
    /// Files, standard output, checkpoints and dead letters are on this machine and need nothing of AWS.
    package init(_ settings: TailraceSettings, in place: AccountPlace, key: String? = nil) {
        let region = settings.stream.region ?? place.region
        let stream =
            switch settings.stream.stream {
            case .name(let name): place.stream(name, region: region)
            case .arn(let arn): arn.text
            }
        self.init(stream: stream, key: key)
        for sink in settings.sinks {
            switch sink.kind {
            case .logGroup(let group): add(group, in: place, region: group.region ?? region)
            case .files, .stdout: continue
            }
        }
    }

    private mutating func add(_ sink: LogGroupSettings, in place: AccountPlace, region: String) {
        let place = AccountPlace(partition: place.partition, account: place.account, region: region)
        let groups = sink.group.patterns.map(place.logGroup)
        writtenGroups = (writtenGroups + groups).sortedOnce
        guard sink.create else { return }
        createdGroups = (createdGroups + groups).sortedOnce
        if sink.retentionDays != nil { groupsWithRetention = (groupsWithRetention + groups).sortedOnce }
    }
}
