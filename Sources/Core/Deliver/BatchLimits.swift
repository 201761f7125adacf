/// What a batch for PutLogEvents may hold: AWS's limits and two of our own.
package struct BatchLimits: Hashable, Sendable {
    /// The largest message AWS takes, in UTF-8 bytes once unescaped; its overhead fills the batch.
    package static let messageBytesMax = PutLimits.eventBytesMax - PutLimits.eventOverheadBytes

    package let events: Int
    package let bytes: Int
    /// The largest message that is sent. Regions with an older, lower limit need a lower one.
    package let messageBytes: Int
    /// What a request may measure, escapes and framing included, unless one event alone needs more.
    ///
    /// Ours, so that a few requests of escaped text do not take six times the memory of as many plain ones.
    package let bodyBytes: Int

    /// Values beyond AWS's own limits are cut to them, so that each event that is sent fits into a batch.
    package init(
        events: Int = PutLimits.eventsMax, bytes: Int = PutLimits.batchBytesMax,
        messageBytes: Int = messageBytesMax, bodyBytes: Int = 2 << 20
    ) {
        self.events = min(max(events, 1), PutLimits.eventsMax)
        self.bytes = min(max(bytes, PutLimits.eventOverheadBytes + 1), PutLimits.batchBytesMax)
        self.messageBytes = min(max(messageBytes, 1), self.bytes - PutLimits.eventOverheadBytes)
        self.bodyBytes = bodyBytes
    }

    /// For the first request to a log stream, which may not exist: what cannot be stored is sent for nothing.
    package var probing: BatchLimits {
        BatchLimits(
            events: events, bytes: bytes, messageBytes: messageBytes, bodyBytes: min(bodyBytes, Self.probeBytes))
    }

    private static let probeBytes = 64 << 10

    /// Why `event` cannot be sent in any batch; `nil` when it can. Its age is AWS's to judge.
    @inline(__always)
    package func refusal(of event: LogEvent) -> Rejection? {
        if event.messageBytes > messageBytes { return .tooBig }
        return event.messageBytes < 1 ? .refused : nil
    }
}

/// What some events weigh against `BatchLimits`.
package struct BatchLoad: Hashable, Sendable {
    package var events = 0
    /// What AWS counts: UTF-8 messages and the overhead of each.
    package var bytes = 0
    /// What they take in a request, at most.
    package var bodyBytes = 0

    package init() {}

    @inline(__always)
    mutating func add(_ event: LogEvent) {
        events += 1
        bytes += event.messageBytes + PutLimits.eventOverheadBytes
        bodyBytes += Int(event.message.count) + PutLogEventsBody.framingBytesMax
    }

    package static func += (left: inout BatchLoad, right: BatchLoad) {
        left.events += right.events
        left.bytes += right.bytes
        left.bodyBytes += right.bodyBytes
    }

    package static func -= (left: inout BatchLoad, right: BatchLoad) {
        left.events -= right.events
        left.bytes -= right.bytes
        left.bodyBytes -= right.bodyBytes
    }

    /// Whether another event would probably not fit any more.
    package func fills(_ limits: BatchLimits) -> Bool {
        events >= limits.events || bytes >= limits.bytes || bodyBytes >= limits.bodyBytes
    }
}
