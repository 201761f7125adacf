internal import AWS
internal import Adapters
internal import Core
private import Glibc
internal import Pipeline
internal import Settings

/// What a replay keeps, so that the same command goes on where it was interrupted, to the same end.
struct ReplayState {
    let store: any StateStore
    let saved: SavedState
    let beginning: ReplayBeginning
    /// Whether it began in an earlier run.
    let isResumed: Bool
    /// Where it is kept; `nil` for a replay that begins again each time.
    let kept: Kept?

    struct Kept {
        let store: SQLiteStateStore
        let path: String
        let owner: DirectoryOwner
    }
}

extension ReplayState {
    /// Where a replay keeps how far it is: `replay-…` beside the daemon's store, or in the directory that is given.
    static func path(of identity: ReplayIdentity, in directory: String?, _ settings: TailraceSettings) -> String {
        let daemon = settings.checkpoints.sqlite
        let beside = daemon.lastIndex(of: "/").map { String(daemon[..<$0]) } ?? "."
        return "\(directory ?? beside)/replay-\(identity.digest).db"
    }

    /// For sinks that keep nothing: in memory only.
    static func ofThisRun(_ beginning: ReplayBeginning, after checkpoints: [ShardID: Checkpoint]) -> ReplayState {
        let saved = SavedState(checkpoints: checkpoints)
        return ReplayState(
            store: MemoryStateStore(saved), saved: saved, beginning: beginning, isResumed: false, kept: nil)
    }

    /// Opens what an interrupted run has left, or begins.
    ///
    /// - Parameters:
    ///   - restarts: Whether what was left is forgotten. What was delivered to files stays there.
    ///   - begin: Asked only when there is nothing to go on from.
    static func opened(
        at path: String, _ assembly: Assembly, stream: StreamSummary, restarts: Bool,
        _ begin: () throws -> (ReplayBeginning, after: [ShardID: Checkpoint])
    ) async throws -> ReplayState {
        let store = try open(path, stream: stream.arn, now: assembly.surroundings.now)
        if restarts { try await store.forgetReplay() }
        let left = try await store.replay()
        let beginning: ReplayBeginning
        if let left {
            beginning = left
        } else {
            let (first, checkpoints) = try await orLeavingNothing(store, begin)
            try await store.begin(first, after: checkpoints, created: stream.created)
            beginning = first
        }
        let saved = try await assembly.resume(store)
        try requireSameStream(saved.created, stream.created)
        return ReplayState(
            store: store, saved: saved, beginning: beginning, isResumed: left != nil,
            kept: Kept(store: store, path: path, owner: try DirectoryOwner(.replay, store: path)))
    }

    /// As long as nothing of the old stream is settled, its shards do not tell.
    private static func requireSameStream(_ saved: Instant?, _ now: Instant?) throws(CommandFailure) {
        guard let saved, let now, max(saved, now).earlier(by: ShardTree.creationPrecision) > min(saved, now) else {
            return
        }
        throw streamReplaced(.created(now, notAt: saved))
    }

    static func streamReplaced(_ finding: RecreatedStream.Finding) -> CommandFailure {
        CommandFailure(
            .failed,
            "the stream was deleted and created again since the replay began (\(finding)): --restart replays the new one"
        )
    }

    private static func open(
        _ path: String, stream: String, now: @escaping @Sendable () -> Instant
    ) throws -> SQLiteStateStore {
        let scope = SQLiteStateStore.Scope(namespace: SQLiteStateStore.replayNamespace, stream: stream)
        do {
            return try SQLiteStateStore(path: path, scope: scope, now: now)
        } catch let held as FileLockHeld {
            throw CommandFailure(
                .failed,
                "this very replay is being done by \(held.holder): wait for its end, or stop it and go on with it")
        } catch let error as SystemError {
            throw CommandFailure(
                .failed,
                "there is no place to keep how far the replay is (\(error)): give it a directory on a local disk that you "
                    + "may write to, with --state-directory DIRECTORY")
        } catch let error as StoreError {
            throw CommandFailure(.failed, Self.words(error, path))
        }
    }

    private static func words(_ error: StoreError, _ path: String) -> String {
        switch error {
        case .onNetworkFileSystem, .unusable, .missing:
            "there is no place to keep how far the replay is (\(error)): give it another directory with --state-directory "
                + "DIRECTORY"
        case .damaged, .behind, .exchanged, .notAStore:
            "how far the replay was cannot be told (\(path) is damaged: \(error.cause)): remove all files whose names begin "
                + "with \(path) to begin it again; files that it has written may then hold records twice"
        case .locked, .newer, .notDurable: error.description
        }
    }

    /// A beginning that fails, since the daemon has no checkpoint for instance, leaves nothing behind.
    private static func orLeavingNothing<Value>(
        _ store: SQLiteStateStore, _ work: () throws -> Value
    ) async throws -> Value {
        do {
            return try work()
        } catch {
            // Files that an earlier run has written may still have to be cut back.
            if try await store.load().files.isEmpty { try await store.remove() }
            throw error
        }
    }
}

extension ReplayState {
    /// The replay cannot go on as it is. If this was its first run and nothing was written, it never was.
    func forsake(_ files: [FilesSettings]) async throws {
        if !isResumed, saved.files.isEmpty { try await remove(files) }
    }

    /// The replay is done: running it again begins again.
    func remove(_ files: [FilesSettings]) async throws {
        guard let kept else { return }
        for sink in files { try kept.owner.release(sink.directory) }
        try await kept.store.remove()
    }
}

extension StoreError {
    /// What is wrong, without the daemon's remedy.
    fileprivate var cause: String {
        switch self {
        case .notAStore(_, let cause), .damaged(_, let cause), .locked(_, let cause), .unusable(_, let cause): cause
        case .behind(_, let commits, let remembered): "it has lost its last \(remembered - commits) commits"
        case .exchanged: "it is another one than was here"
        case .missing, .onNetworkFileSystem, .newer, .notDurable: description
        }
    }
}
