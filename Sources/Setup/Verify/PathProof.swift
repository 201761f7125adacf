package import AWS
private import Core
private import FilterPatterns

/// Shows that something sent arrives, and how long each part of the way takes.
package struct PathProof: Sendable {
    package static let logStream = "tailrace-verify"
    /// In the message of each event that is made up.
    static let marker = "tailrace-verify"
    /// What the message of a test event that was made up has in it.
    static let markerPrefix = "tailrace-verify-"
    /// AWS speaks of three minutes at most.
    package static let patienceDefault = Duration.seconds(180)

    private let recipient: RecipientGoal
    private let clients: AccountClients
    private let surroundings: Surroundings
    private let patience: Duration

    /// An event for `group` of the sender's account.
    package struct TestEvent: Sendable {
        package let place: AccountPlace
        package let clients: AccountClients
        package let group: String
        /// Of the filter, which lets only matching events through.
        package let pattern: String
        /// `nil` for one that the pattern matches.
        package let message: String?

        package init(
            place: AccountPlace, clients: AccountClients, group: String, pattern: String, message: String?
        ) {
            self.place = place
            self.clients = clients
            self.group = group
            self.pattern = pattern
            self.message = message
        }
    }

    package init(
        _ recipient: RecipientGoal, clients: AccountClients, patience: Duration = patienceDefault,
        surroundings: Surroundings = .real
    ) {
        self.recipient = recipient
        self.clients = clients
        self.patience = patience
        self.surroundings = surroundings
    }
}

// MARK: with an event

extension PathProof {
    /// From the sender's log group through filter, destination and stream to us.
    package func findings(sending event: TestEvent) async throws -> [Finding] {
        try await untilObstacle { try await sending(event) }
    }

    private func sending(_ event: TestEvent) async throws -> [Finding] {
        let message: String
        switch Self.message(of: event) {
        case .success(let fitting): message = fitting
        case .failure(let obstacle): return [obstacle.finding]
        }
        var watch = try await watch()
        let logs = try event.clients.logs(event.place.region)
        let (began, rejected) = try await Self.attempting(
            "the test event cannot be put into \(event.group)",
            remedy: "tailrace verify sender; these credentials need logs:CreateLogStream and logs:PutLogEvents"
        ) {
            try await createLogStream(in: event.group, logs)
            let began = surroundings.instant.milliseconds
            let body = Self.body(of: message, at: began, in: event.group)
            return (began, try await logs.putLogEvents(body: Array(body.utf8)))
        }
        let accepted = surroundings.instant.milliseconds
        guard rejected == .none else {
            return [
                .fault(
                    Self.subject, "CloudWatch Logs rejected the test event for its time",
                    remedy: "set this machine's clock (timedatectl)")
            ]
        }
        let origin = Origin(owner: event.place.account, logGroup: event.group, logStream: Self.logStream)
        let sight = try await wait(&watch) { $0.holds(Instant(milliseconds: began), from: origin) }
        guard let sight else { return [silence("the test event of \(event.group)")] }
        return [.ok(Self.subject, "a test event of \(event.group) arrived: \(hops(began, accepted, sight))")]
    }

    private static func message(of event: TestEvent) -> Result<String, Obstacle> {
        // A pattern that AWS holds and that cannot be read here is tried with what was given.
        guard let pattern = try? FilterPattern(event.pattern) else {
            return event.message.map(Result.success) ?? .failure(noEvent(for: event.pattern))
        }
        guard let message = event.message else {
            return pattern.example(marked: marker).map(Result.success) ?? .failure(noEvent(for: event.pattern))
        }
        guard pattern.matches(message) else {
            return .failure(
                Obstacle(
                    finding: .fault(
                        subject,
                        "the pattern \(event.pattern) does not match the event that was given, so that it would not "
                            + "arrive",
                        remedy: "give another --event, or none")))
        }
        return .success(message)
    }

    private static func noEvent(for pattern: String) -> Obstacle {
        Obstacle(
            finding: .fault(
                subject, "no event can be made up that the pattern \(pattern) matches", remedy: "give one: --event TEXT"
            ))
    }

    private func createLogStream(in group: String, _ logs: LogsClient) async throws {
        do {
            try await logs.createLogStream(Self.logStream, in: group)
        } catch let error as AWSError where error.code == "ResourceAlreadyExistsException" {
            // By an earlier verify.
        }
    }

    private static func body(of message: String, at time: Int64, in group: String) -> String {
        JSONTree.object([
            "logGroupName": .text(group), "logStreamName": .text(logStream),
            "logEvents": .list([.object(["timestamp": .number(Int(time)), "message": .text(message)])]),
        ]).compact
    }

}

// MARK: without a sender

extension PathProof {
    /// From the destination to us: AWS itself writes a control message when a destination is put again, unchanged.
    package func findingsByControlMessage(_ state: RecipientState) async throws -> [Finding] {
        try await untilObstacle { try await puttingAgain(state) }
    }

    private func puttingAgain(_ state: RecipientState) async throws -> [Finding] {
        if let cause = state.unread[.destination] {
            return [
                .fault(
                    Self.subject, "the destination cannot be looked at: \(cause)",
                    remedy: "let these credentials do that, or verify with others (--profile)")
            ]
        }
        guard let destination = state.destination?.destination else {
            return [.fault(Self.subject, "there is no destination to try", remedy: "tailrace setup recipient")]
        }
        var watch = try await watch()
        let began = surroundings.instant.milliseconds
        try await Self.attempting(
            "AWS cannot reach the stream through the destination",
            remedy: "the faults of tailrace verify recipient say why"
        ) {
            _ = try await clients.logs(recipient.place.region).putDestination(
                recipient.destination, target: destination.targetARN, role: destination.roleARN)
        }
        let accepted = surroundings.instant.milliseconds
        guard let sight = try await wait(&watch, { $0.isControl }) else { return [silence("AWS's control message")] }
        return [.ok(Self.subject, "AWS's control message arrived: \(hops(began, accepted, sight))")]
    }
}

extension PathProof {
    private static let subject = "path"

    /// What AWS refused on the way, as it is told.
    fileprivate struct Obstacle: Error {
        let finding: Finding
    }

    private func untilObstacle(_ body: () async throws -> [Finding]) async throws -> [Finding] {
        do {
            return try await body()
        } catch let obstacle as Obstacle {
            return [obstacle.finding]
        }
    }

    private static func attempting<Answer>(
        _ words: String, remedy: String, _ body: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await body()
        } catch let error as AWSError {
            throw Obstacle(finding: .fault(subject, "\(words): \(error)", remedy: remedy))
        }
    }

    private static func reading<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        try await attempting("the stream cannot be read", remedy: "tailrace verify recipient says why", body)
    }

    private func watch() async throws -> StreamWatch {
        let kinesis = try clients.kinesis(recipient.stream.region)
        return try await Self.reading { try await StreamWatch(recipient.stream.name, kinesis, surroundings) }
    }

    private func wait(
        _ watch: inout StreamWatch, _ isIt: (StreamWatch.Sight) -> Bool
    ) async throws -> StreamWatch.Sight? {
        let end = surroundings.instant.milliseconds + patience.milliseconds
        while surroundings.instant.milliseconds < end {
            if let sight = try await Self.reading({ try await watch.round() }).first(where: isIt) { return sight }
        }
        return nil
    }

    private func silence(_ what: String) -> Finding {
        .fault(
            Self.subject, "\(what) did not arrive within \(patience.components.seconds) s",
            remedy:
                "mend the faults of tailrace verify all first; a sender's filter that met a refusal rests for up to 10 "
                + "minutes")
    }

    /// `accepted after 12 ms, in the stream 800 ms later, read 150 ms later`
    private func hops(_ began: Int64, _ accepted: Int64, _ sight: StreamWatch.Sight) -> String {
        let read = surroundings.instant.milliseconds
        guard let arrival = sight.arrival?.milliseconds else {
            return "accepted after \(accepted - began) ms, read \(read - accepted) ms later"
        }
        // Kinesis's clock may be behind ours; nothing takes less than no time.
        return "accepted after \(accepted - began) ms, in the stream \(max(0, arrival - accepted)) ms later, read "
            + "\(max(0, read - max(arrival, accepted))) ms later"
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
