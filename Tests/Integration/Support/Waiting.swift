/// Something did not happen although there was more than enough time.
struct NeverHappened: Error, CustomStringConvertible {
    let description: String
}

/// Looks until `condition` holds. Throws when nothing of it is seen for minutes, or when `program` ends before.
func eventually(
    _ what: String, by program: Program? = nil, within patience: Duration = .seconds(180),
    lookingEvery pause: Duration = .milliseconds(20),
    _ condition: () async throws -> Bool
) async throws {
    let start = ContinuousClock.now
    while try await !condition() {
        if await program?.isRunning == false { throw NeverHappened(description: "\(what): the program has ended") }
        guard start.duration(to: .now) < patience else { throw NeverHappened(description: what) }
        try await Task.sleep(for: pause)
    }
}
