internal import Adapters
internal import Pipeline
internal import Settings

// Directories that are somebody else's.
extension ReplayRun {
    /// A daemon that is stopped still has its files: at its next start it cuts them back to where it left them.
    func refuseOthersDirectories(_ state: ReplayState) throws {
        for sink in request.sinks {
            guard case .files(let files) = sink.kind, let owner = DirectoryOwner.owner(of: files.directory),
                owner != state.kept?.owner
            else { continue }
            // Who runs is told by its lock.
            try DirectoryOwner.requireIdle(files.directory, now: assembly.surroundings.now())
            throw CommandFailure(
                .failed,
                "the directory \(files.directory) is that of \(owner.words), which cuts its files back to where it left them "
                    + "when it goes on: what is replayed there would be lost; \(elsewhere(for: sink)); "
                    + owner.otherwise(files.directory))
        }
    }

    func remedy(for held: FileLockHeld) -> String {
        let sink = request.sinks.first { sink in
            if case .files(let files) = sink.kind { held.guarded.hasSuffix(" " + files.directory) } else { false }
        }
        return sink.map(elsewhere)
            ?? "another replay keeps its dead letters there: wait for it, or give this one another --dead-letters directory"
    }

    private func elsewhere(for sink: SinkSettings) -> String {
        "replay into another directory: --stream \(settings.stream.stream.name) --to-files DIRECTORY in place of --config, "
            + "or settings in which sink \(sink.name) has another one"
    }
}

extension DirectoryOwner {
    fileprivate var words: String {
        switch kind {
        case .daemon: "the daemon whose store is \(store)"
        case .replay: "a replay that was interrupted (\(store))"
        }
    }

    /// What to do when it does not want the directory any more.
    fileprivate func otherwise(_ directory: String) -> String {
        switch kind {
        case .daemon: "if that daemon writes somewhere else now, remove \(directory)/\(Self.fileName)"
        case .replay: "if that replay is not to go on, remove \(store)"
        }
    }
}
