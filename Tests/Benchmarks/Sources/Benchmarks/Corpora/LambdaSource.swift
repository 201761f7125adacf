/// What a Lambda function's runtime writes around each invocation, and the function's own lines between.
///
/// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html
struct LambdaSource: LogSource {
    private static let functions = ["orders-api", "thumbnails", "invoice-mailer", "stream-to-search", "nightly-report"]
    private static let lines = [
        "Received event from queue", "Loaded configuration from parameter store", "Request took longer than expected",
        "Wrote item to table orders", "Cache miss for customer", "Retrying after throttling, attempt",
        "Published message to topic", "Validated payload of bytes",
    ]

    private let origins: [LogOrigin]
    /// Of the invocation that goes on; the runtime's START was written with the first of them.
    private var request = ""
    private var linesLeft = 0
    private var isRunning = false

    init(random: inout SplitMix64) {
        let day = LogTime(milliseconds: LogTime.usualStart).date("/")
        origins = (0..<24).map { _ in
            LogOrigin(
                group: "/aws/lambda/\(random.favour(Self.functions))", stream: "\(day)/[$LATEST]\(random.hex(32))",
                filter: "lambda-to-recipient")
        }
    }

    mutating func origin(at time: LogTime, random: inout SplitMix64) -> LogOrigin {
        isRunning = false
        return random.pick(origins)
    }

    mutating func message(at time: LogTime, random: inout SplitMix64) -> String {
        if !isRunning {
            request = random.uuid()
            linesLeft = random.below(6) + 1
            isRunning = true
            return "START RequestId: \(request) Version: $LATEST\n"
        }
        linesLeft -= 1
        switch linesLeft {
        case 0: return "END RequestId: \(request)\n"
        case ..<0:
            isRunning = false
            return report(random: &random)
        default: return line(at: time, random: &random)
        }
    }

    private func line(at time: LogTime, random: inout SplitMix64) -> String {
        let level = random.favour(["INFO", "INFO", "DEBUG", "WARN"])
        return "\(time.precise)\t\(request)\t\(level)\t\(random.pick(Self.lines)) \(random.within(1...99_999))\n"
    }

    private func report(random: inout SplitMix64) -> String {
        let billed = random.within(2...900)
        let used = random.within(64...240)
        let start = random.chance(percent: 5) ? "Init Duration: \(random.within(180...900)).42 ms\t" : ""
        return "REPORT RequestId: \(request)\tDuration: \(billed - 1).\(random.within(10...99)) ms\t"
            + "Billed Duration: \(billed) ms\tMemory Size: 256 MB\tMax Memory Used: \(used) MB\t\(start)\n"
    }

    func pauseMilliseconds(random: inout SplitMix64) -> Int { random.below(60) }
}
