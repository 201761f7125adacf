/// What a failed call of reading asks for. Whatever it is, the call is tried again, for ever.
package struct ReadRemedy: Hashable, Sendable {
    package enum Next: Hashable, Sendable {
        /// Another iterator would only cost another call.
        case sameIterator
        /// And every `ReadLimits.failuresPerIterator` failures in a row a fresh one.
        case sameIteratorAtFirst
        /// From the position, which is after the last record read.
        case freshIterator
        /// Whether the shard still exists.
        case listOfShards
    }

    package enum Pause: Hashable, Sendable {
        case short, throttled, long
    }

    package let next: Next
    package let pause: Pause
    /// The first one since the last page is answered at once and counts for nothing.
    package let isFirstForgiven: Bool
    /// Whether a person should read of it: a warning, and red if it lasts. The others are daily life.
    package let isLoud: Bool

    package init(next: Next, pause: Pause, isFirstForgiven: Bool = false, isLoud: Bool) {
        self.next = next
        self.pause = pause
        self.isFirstForgiven = isFirstForgiven
        self.isLoud = isLoud
    }
}

extension ReadFault {
    /// The one table of what to do. Where a position is refused when an iterator is opened, `ShardReader` looks closer.
    package var remedy: ReadRemedy {
        switch self {
        case .expiredIterator:
            ReadRemedy(next: .freshIterator, pause: .short, isFirstForgiven: true, isLoud: false)
        case .throttled:
            ReadRemedy(next: .sameIterator, pause: .throttled, isLoud: false)
        case .positionRefused:
            ReadRemedy(next: .freshIterator, pause: .long, isFirstForgiven: true, isLoud: true)
        case .accessDenied, .kmsAccessDenied, .kmsDisabled, .kmsInvalidState, .kmsNotFound, .kmsOptInRequired:
            ReadRemedy(next: .sameIterator, pause: .long, isLoud: true)
        case .notFound:
            ReadRemedy(next: .listOfShards, pause: .long, isLoud: true)
        case .credentials:
            // Renewed by others than us, mostly soon: short, so that no more time is lost than need be.
            ReadRemedy(next: .sameIterator, pause: .short, isLoud: true)
        case .serviceFailure, .garbage:
            ReadRemedy(next: .sameIteratorAtFirst, pause: .short, isLoud: true)
        case .network:
            ReadRemedy(next: .sameIterator, pause: .short, isLoud: true)
        case .replyTooLarge:
            // Once there was all the room that a reply can need; before that there is more room at once.
            ReadRemedy(next: .sameIteratorAtFirst, pause: .short, isLoud: true)
        case .refused:
            ReadRemedy(next: .freshIterator, pause: .long, isLoud: true)
        }
    }
}
