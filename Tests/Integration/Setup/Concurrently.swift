/// Does `body` with each of `jobs`, some at a time. Three keep two cores busy; more are for jobs that mostly wait.
func concurrently<Job: Sendable>(
    _ jobs: [Job], atATime: Int = 3, _ body: @escaping @Sendable (Job) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, job) in jobs.enumerated() {
            if number >= atATime { try await group.next() }
            group.addTask { try await body(job) }
        }
        try await group.waitForAll()
    }
}
