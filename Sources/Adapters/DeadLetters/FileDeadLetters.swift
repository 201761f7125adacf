package import Core
private import Glibc
package import Pipeline

/// Dead letters as lines of one file, to be read by people and to be replayed.
///
/// A record that could not be decoded is kept once, however often it is read. An event that a sink refused is kept at least
/// once: after a crash the sink is given the record again, and may refuse its events again, in an order of its own.
package actor FileDeadLetters: DeadLetters {
    /// Below the directory.
    package static let fileName = "dead-letters.ndjson"

    private let queue: BlockingQueue
    private let stream: String
    private let file: SafePath
    private let files: CommittedFiles

    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// Opens the directory for this program alone and takes its file back to what is committed.
    ///
    /// - Parameters:
    ///   - stream: The stream's name or ARN, as each letter tells it.
    ///   - saved: What the store holds of `SinkName.deadLetters`.
    ///
    /// Throws `FileLockHeld`, `SystemError` and the store's errors.
    package init(
        directory: String, stream: String, store: any StateStore, saved: FilesCut?, telemetry: Telemetry, now: Instant,
        limits: FileLimits = FileLimits(),
        disk: DiskCalls = .system,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async throws {
        guard let file = SafePath(Self.fileName) else { preconditionFailure("a plain name is a safe path") }
        let files = try AppendFiles(
            directory: directory, of: .deadLetters, store: store, telemetry: telemetry, now: now, limits: limits,
            disk: disk)
        try await files.restore(saved?.lengths ?? [:])
        self.stream = stream
        self.file = file
        self.files = CommittedFiles(
            files, of: .deadLetters, frontier: saved?.frontier ?? [:], telemetry: telemetry, sleep: sleep)
        queue = BlockingQueue("dead letters")
    }

    /// Removes a directory to which no letter ever came. For who has had it open, once nothing is kept any more.
    package static func removeUnused(_ directory: String) throws(SystemError) {
        guard access("\(directory)/\(fileName)", F_OK) != 0 else { return }
        try GuardedDirectory.removeUnused(directory)
    }

    package func keep(_ letters: [DeadLetter]) async throws {
        let (undecodable, refused) = (letters.filter { $0.sink == nil }, letters.filter { $0.sink != nil })
        for letter in undecodable {
            try await files.append(Self.owed(for: letter), at: (letter.shard, letter.sequence)) { files in
                files.append(to: file) { append(letter, to: &$0) }
                return false
            }
        }
        guard !refused.isEmpty else { return }
        try await files.append(refused.map(Self.owed)) { files in
            files.append(to: file) { lines in
                for letter in refused { append(letter, to: &lines) }
            }
        }
    }

    private static func owed(for letter: DeadLetter) -> CommittedFiles.Owed {
        CommittedFiles.Owed(receipt: letter.receipt, events: 1, outcome: .deadLettered)
    }

    package func cut() async throws -> FilesCut? { try await files.cut() }

    private func append(_ letter: DeadLetter, to lines: inout [UInt8]) {
        let heading = DeadLetterHeading(
            reason: letter.reason, detail: letter.detail, stream: stream, shard: letter.shard,
            sequence: letter.sequence,
            arrival: letter.arrival, sink: letter.sink?.text)
        switch letter.content {
        case .record(let payload):
            payload.withUnsafeBytes { DeadLetterLine.append(heading, payload: $0, to: &lines) }
        case .event(let delivery, let message, let event):
            DeadLetterLine.append(
                heading, event: delivery.record.events[event], of: delivery.record.messages[message],
                in: delivery.record.text, to: &lines)
        }
    }
}
