private import Core

/// Looks at the board now and then, and says what is stuck.
package struct HealthWatch: Sendable {
    private let board: HealthBoard
    private let telemetry: Telemetry
    private let surroundings: Surroundings

    package init(_ board: HealthBoard, telemetry: Telemetry, surroundings: Surroundings) {
        self.board = board
        self.telemetry = telemetry
        self.surroundings = surroundings
    }

    /// So that it is told at most a tenth of the time late, and a thousand shards cost next to nothing.
    private var interval: Duration { min(.seconds(10), board.rule.after / 10) }

    /// Until cancelled.
    package func run() async throws -> Never {
        var watch = StuckWatch(period: board.rule.after)
        while true {
            try await surroundings.sleep(interval)
            let picture = board.picture
            for notice in watch.look(picture.stillness) {
                switch notice {
                case .stuck(let subject, let lasting):
                    telemetry.report(.stuck(subject, for: lasting, reason: picture.reason(subject)))
                case .moves(let subject, let lasting): telemetry.report(.moves(subject, after: lasting))
                }
            }
        }
    }
}
