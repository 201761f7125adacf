package import AWS
private import Core
package import Settings

/// What Tailrace itself needs where it runs: each right tried by a call that changes nothing.
package struct ReaderChecks: Sendable {
    private let goal: RecipientGoal
    private let state: RecipientState
    private let settings: TailraceSettings?
    private let clients: AccountClients
    private let surroundings: Surroundings

    /// `settings` are the daemon's; without them only reading is tried. `state` is what is there of `goal`.
    package init(
        _ goal: RecipientGoal, _ state: RecipientState, settings: TailraceSettings?, clients: AccountClients,
        surroundings: Surroundings = .real
    ) {
        self.goal = goal
        self.state = state
        self.settings = settings
        self.clients = clients
        self.surroundings = surroundings
    }

    package func findings() async throws -> [Finding] {
        var findings = canBeRead ? try await readingFindings() : []
        for sink in settings?.sinks ?? [] {
            if case .logGroup(let group) = sink.kind { findings += try await sinkFindings(sink.name.text, group) }
        }
        return findings + [try await clockFinding()]
    }
}

// MARK: reading

extension ReaderChecks {
    /// Whether a read that fails would say anything of our rights. A stream that could not be looked at is tried.
    private var canBeRead: Bool {
        guard let stream = state.stream?.summary else { return state.unread[.stream] != nil }
        switch stream.status {
        case .creating, .deleting: return false
        case .active, .updating: return state.key?.isUsable ?? true
        }
    }

    private func readingFindings() async throws -> [Finding] {
        let kinesis = try clients.kinesis(goal.stream.region)
        let stream = AWS.StreamReference.name(goal.stream.name)
        var findings: [Finding] = []
        do {
            let shards = try await kinesis.listShards(of: stream)
            findings.append(
                .ok("reading", "kinesis:ListShards: \(shards.count) \(shards.count == 1 ? "shard" : "shards")"))
            guard let shard = shards.first else { return findings }
            let iterator = try await kinesis.shardIterator(of: stream, shard: shard.id, at: .trimHorizon)
            findings.append(.ok("reading", "kinesis:GetShardIterator"))
            _ = try await kinesis.records(of: stream, at: iterator, limit: 1)
            findings.append(.ok("reading", "kinesis:GetRecords"))
        } catch let error as AWSError {
            findings.append(readingFault(error))
        }
        return findings
    }

    private func readingFault(_ error: AWSError) -> Finding {
        if error.code.hasPrefix("KMS") {
            return .fault(
                "reading", "the stream's key cannot be used: \(error)",
                remedy: "let these credentials kms:Decrypt with it (tailrace policies consumer), and the key be enabled"
            )
        }
        if error.isThrottle {
            return .warning(
                "reading", "Kinesis asks for fewer calls: \(error)",
                remedy: "count who else reads this stream: a shard takes five GetRecords a second of all together")
        }
        guard error.deniesAccess else { return .fault("reading", "\(error)", remedy: "see tailrace verify recipient") }
        return .fault(
            "reading", "these credentials may not: \(error)", remedy: "grant what tailrace policies consumer prints")
    }
}

// MARK: sinks

extension ReaderChecks {
    private func sinkFindings(_ name: String, _ sink: LogGroupSettings) async throws -> [Finding] {
        let region = sink.region ?? goal.stream.region
        let subject = "sink \(name)"
        let logs = try clients.logs(region)
        let origin = Origin(
            owner: goal.senders.accounts.first ?? goal.place.account, logGroup: PathProof.logStream,
            logStream: PathProof.logStream)
        let example = sink.group.name(for: origin, at: surroundings.instant)
        do {
            return try await writingFindings(subject, example, sink, logs)
                + recursionFindings(subject, sink, region, logs)
        } catch let error as AWSError where error.deniesAccess {
            return [
                .warning(
                    subject, "whether it feeds itself could not be looked at: \(error)",
                    remedy: "verify once with credentials that may read log groups, filters and destinations; to run, "
                        + "Tailrace does not need that")
            ]
        } catch let error as AWSError {
            return [
                .fault(
                    subject, "\(region) cannot be asked: \(error)", remedy: "correct the sink's Region, or the network")
            ]
        }
    }

    /// A call that would write, into a log stream that is not there: AWS looks at the right before it looks for the stream.
    private func writingFindings(
        _ subject: String, _ example: String, _ sink: LogGroupSettings, _ logs: LogsClient
    ) async throws -> [Finding] {
        let stream = "\(PathProof.logStream)-\(surroundings.instant.milliseconds)-absent"
        let body = JSONTree.object([
            "logGroupName": .text(example), "logStreamName": .text(stream),
            "logEvents": .list([
                .object(["timestamp": .number(Int(surroundings.instant.milliseconds)), "message": "tailrace verify"])
            ]),
        ])
        do {
            _ = try await logs.putLogEvents(body: Array(body.compact.utf8))
            return [
                .warning(
                    subject, "log stream \(stream) of \(example) was there and got a line",
                    remedy: "nothing; it is one line")
            ]
        } catch let error as AWSError where error.isNotFound {
            return [.ok(subject, "logs:PutLogEvents"), existenceFinding(subject, example, sink, error)]
        } catch let error as AWSError where error.deniesAccess {
            return [
                .fault(
                    subject, "these credentials may not write to \(example): \(error)",
                    remedy: "grant what tailrace policies consumer prints")
            ]
        }
    }

    /// AWS says which of the two it did not find.
    private func existenceFinding(
        _ subject: String, _ example: String, _ sink: LogGroupSettings, _ error: AWSError
    ) -> Finding {
        if error.message.contains("log stream") { return .ok(subject, "log group \(example) is there") }
        if sink.create {
            return .ok(subject, "log group \(example) would be created (logs:CreateLogGroup was not tried)")
        }
        guard sink.group.dependsOnEvent else {
            return .fault(
                subject, "log group \(example) is not there, and create is off",
                remedy: "create the log group, or set create: true")
        }
        return .ok(subject, "log groups are not created: those that events need have to be there")
    }

    /// A log group that gets what the stream carries and sends to the same stream feeds itself.
    private func recursionFindings(
        _ subject: String, _ sink: LogGroupSettings, _ region: String, _ logs: LogsClient
    ) async throws -> [Finding] {
        // A destination in the sink's Region may lead to the same stream.
        let targets =
            [goal.destinationARN.description, goal.streamARN]
            + (try await logs.destinations().filter { $0.targetARN == goal.streamARN }.map(\.arn))
        let patterns = sink.group.patterns
        let groups = try await logs.logGroups(prefix: sink.group.fixedPrefix)
            .filter { group in patterns.contains { Wildcards.match($0, group.name) } }.prefix(Self.groupsMax)
        var loops: [String] = []
        for group in groups {
            let filters = try await logs.subscriptionFilters(of: group.name)
            loops += filters.filter { targets.contains($0.destination) }.map { "filter \($0.name) of \(group.name)" }
        }
        for policy in try await logs.accountPolicies()
        where targets.contains(WholeAccount(parsing: policy.document).destination) {
            let leftOut = groups.allSatisfy { policy.selectionCriteria?.contains("\"\($0.name)\"") ?? false }
            if !leftOut || groups.isEmpty { loops.append("account policy \(policy.name)") }
        }
        return loops.map { loop in
            .fault(
                "recursion", "\(subject) writes to log groups that \(loop) sends to this stream again, without end",
                remedy: "remove it, or leave those log groups out of it")
        }
    }

    /// Each costs a call, and AWS takes five a second.
    private static let groupsMax = 50
}

// MARK: the clock

extension ReaderChecks {
    /// AWS refuses signatures that are more than five minutes off. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
    private static let clockFault = Duration.seconds(240)
    private static let clockWarning = Duration.seconds(30)

    private func clockFinding() async throws -> Finding {
        let subject = "clock"
        let offset: Duration?
        do {
            offset = try await clients.clockOffset(goal.place.region)
        } catch let error as AWSError {
            return .warning(subject, "AWS's time could not be asked for: \(error)", remedy: "see to the network")
        }
        guard let offset else { return .warning(subject, "AWS did not tell its time", remedy: "look at it by hand") }
        let seconds = abs(offset.components.seconds)
        let words = "\(seconds) s \(offset < .zero ? "ahead of" : "behind") AWS's"
        let size = offset < .zero ? .zero - offset : offset
        if size >= Self.clockFault {
            return .fault(
                subject, "this machine's clock is \(words): AWS refuses signatures that are 5 minutes off",
                remedy: "set it, and keep it set (timedatectl set-ntp true)")
        }
        if size >= Self.clockWarning {
            return .warning(
                subject, "this machine's clock is \(words)", remedy: "keep it set (timedatectl set-ntp true)")
        }
        return .ok(subject, "as AWS's, to some seconds")
    }
}
