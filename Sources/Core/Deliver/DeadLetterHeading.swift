/// What is known of a record or event that goes to the dead letters.
package struct DeadLetterHeading: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case undecodable(Undecodable.Reason)
        case rejected(Rejection)

        package var word: String {
            switch self {
            case .undecodable(let reason): reason.rawValue
            case .rejected(let rejection): rejection.rawValue
            }
        }
    }

    package let reason: Reason
    /// Where and what, for a person. Never a customer's message text.
    package let detail: String
    /// The stream's name or ARN, as the settings have it.
    package let stream: String
    package let shard: ShardID
    package let sequence: SequenceNumber
    package let arrival: Instant?
    /// The sink that refused the event; `nil` for a record that could not be decoded.
    package let sink: String?

    package init(
        reason: Reason, detail: String, stream: String, shard: ShardID, sequence: SequenceNumber, arrival: Instant?,
        sink: String?
    ) {
        self.reason = reason
        self.detail = detail
        self.stream = stream
        self.shard = shard
        self.sequence = sequence
        self.arrival = arrival
        self.sink = sink
    }
}
