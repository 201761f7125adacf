internal import Locking

/// Where a streamed response changes hands: the loop's thread offers, one task takes.
final class BodyExchange: Sendable {
    private struct State: Sendable {
        var headWaiter: CheckedContinuation<HTTPResponseHead, any Error>?
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var buffer: [UInt8] = []
        /// libcurl keeps what it has until the reader is back.
        var isPaused = false
        var ending: Result<Void, any Error>?
    }

    private let id: UInt64
    private let mailbox: Mailbox
    private let windowBytes: Int
    private let state = Locked(State())

    init(id: UInt64, mailbox: Mailbox, windowBytes: Int) {
        self.id = id
        self.mailbox = mailbox
        self.windowBytes = windowBytes
    }
}

// MARK: - The thread's side

extension BodyExchange {
    func deliver(_ head: HTTPResponseHead) { takeHeadWaiter()?.resume(returning: head) }

    /// Takes a copy of the chunk; or false when enough lies here, and libcurl offers it again after a `resume`.
    func offer(_ chunk: UnsafeRawBufferPointer) -> Bool {
        enum Way { case toReader(CheckedContinuation<[UInt8]?, any Error>), buffered, later }
        let bytes = Array(chunk)
        let way: Way = state.withLock { state in
            if let reader = state.reader {
                state.reader = nil
                return .toReader(reader)
            }
            guard state.buffer.count < windowBytes else {
                state.isPaused = true
                return .later
            }
            state.buffer += bytes
            return .buffered
        }
        switch way {
        case .toReader(let reader): reader.resume(returning: bytes)
        case .buffered: break
        case .later: return false
        }
        return true
    }

    /// What has arrived until then can still be read.
    func finish(_ result: Result<Void, any Error>) {
        let reader = state.withLock { state in
            state.ending = result
            defer { state.reader = nil }
            return state.reader
        }
        switch result {
        case .success: reader?.resume(returning: nil)
        case .failure(let error):
            takeHeadWaiter()?.resume(throwing: error)
            reader?.resume(throwing: error)
        }
    }

    private func takeHeadWaiter() -> CheckedContinuation<HTTPResponseHead, any Error>? {
        state.withLock { state in
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
    }
}

// MARK: - The task's side

extension BodyExchange {
    /// Called once, before the order is posted.
    func awaitHead(_ continuation: CheckedContinuation<HTTPResponseHead, any Error>) {
        state.withLock { $0.headWaiter = continuation }
    }

    /// All that has arrived, at least a byte; `nil` at the end. Cancelling the task aborts the transfer.
    func take() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { take(for: $0) }
        } onCancel: {
            abort()
        }
    }

    private func take(for reader: CheckedContinuation<[UInt8]?, any Error>) {
        enum Step { case bytes([UInt8], wasPaused: Bool), end(Result<Void, any Error>), wait }
        let step: Step = state.withLock { state in
            if !state.buffer.isEmpty {
                defer {
                    state.buffer = []
                    state.isPaused = false
                }
                return .bytes(state.buffer, wasPaused: state.isPaused)
            }
            if let ending = state.ending { return .end(ending) }
            precondition(state.reader == nil, "a response body has one reader at a time")
            state.reader = reader
            return .wait
        }
        switch step {
        case .bytes(let bytes, let wasPaused):
            if wasPaused { mailbox.post(.resume(id)) }
            reader.resume(returning: bytes)
        case .end(.success): reader.resume(returning: nil)
        case .end(.failure(let error)): reader.resume(throwing: error)
        case .wait: break  // A cancellation that came before has aborted the transfer, which will end this wait, too.
        }
    }

    func abort() { mailbox.post(.cancel(id)) }
}
