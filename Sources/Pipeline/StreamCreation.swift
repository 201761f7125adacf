package import Core

/// When the stream was created, by which one that was deleted and made again under its name is known.
package struct StreamCreation: Hashable, Sendable {
    /// `nil` when that is not known.
    package let now: Instant?
    /// What is saved with the checkpoints.
    package let saved: Instant?
    /// Whether another stream is to be read from its configured start, and the checkpoints of the old one removed.
    package let acceptsAnother: Bool

    package init(now: Instant? = nil, saved: Instant? = nil, acceptsAnother: Bool = false) {
        self.now = now
        self.saved = saved
        self.acceptsAnother = acceptsAnother
    }
}

/// The stream was deleted and created again while it was read.
package struct StreamReplaced: Error, Sendable, CustomStringConvertible {
    package var description: String {
        "the stream was deleted and created again while it was read: start again to read the new one"
    }
}
