/// Requests to the emulator itself, for tests that change the world while calls are made. They are not signed.
///
/// `GET`, `POST` (adds), `PUT` (replaces) and `DELETE` of `/_emulator/faults`, rules in the body as words or lines;
/// `DELETE /_emulator/faults?GetRecords` lifts one operation's. `GET /_emulator/clock`, and `POST` with `6m` in the body,
/// which moves the clock forward by that. What went wrong is answered with 400 and a line of text.
struct ControlDesk: Sendable {
    private static let prefix = "/_emulator/"

    let faults: FaultPlan
    let clock: AdjustableClock

    static func isMeant(by request: SignedRequest) -> Bool { request.path.hasPrefix(prefix) }

    func answer(_ request: SignedRequest) async -> Answer {
        switch request.path.dropFirst(Self.prefix.count) {
        case "faults": await answerFaults(request)
        case "clock": answerClock(request)
        default: Self.refusal("only \(Self.prefix)faults and \(Self.prefix)clock can be asked or told", status: 404)
        }
    }

    private func answerFaults(_ request: SignedRequest) async -> Answer {
        do throws(FaultRule.NotARule) {
            switch request.method {
            case "GET": break
            case "POST": await faults.add(try Self.rules(request.body))
            case "PUT": await faults.replace(with: try Self.rules(request.body))
            case "DELETE": await faults.lift(request.query.isEmpty ? nil : request.query)
            default: return Self.refusal("faults take GET, POST, PUT and DELETE", status: 405)
            }
        } catch {
            return Self.refusal(error.description)
        }
        let lines = await faults.tallies.map { "\($0.rule) calls=\($0.calls) struck=\($0.strikes)\n" }
        return Self.text(lines.joined())
    }

    private func answerClock(_ request: SignedRequest) -> Answer {
        switch request.method {
        case "GET": break
        case "POST":
            let text = String(decoding: request.body, as: UTF8.self).filter { !$0.isWhitespace }
            guard let span = DurationText.parse(text) else {
                return Self.refusal("'\(text)' is no span of time like 90s, 6m or 24h")
            }
            clock.advance(by: span)
        default: return Self.refusal("the clock takes GET and POST", status: 405)
        }
        return Self.text("\(clock.clock.now())\n")
    }

    /// Words apart by white space; a word that begins with `#` hides the rest of its line.
    private static func rules(_ body: [UInt8]) throws(FaultRule.NotARule) -> [FaultRule] {
        var rules: [FaultRule] = []
        for line in String(decoding: body, as: UTF8.self).split(whereSeparator: \.isNewline) {
            for word in line.prefix(while: { $0 != "#" }).split(whereSeparator: \.isWhitespace) {
                rules.append(try FaultRule(parsing: String(word)))
            }
        }
        return rules
    }

    private static func refusal(_ text: String, status: Int = 400) -> Answer {
        Self.text(text + "\n", status: status)
    }

    private static func text(_ text: String, status: Int = 200) -> Answer {
        Answer(
            status: status, contentType: "text/plain; charset=utf-8", body: ReplyBody(Array(text.utf8)), hasID: false)
    }
}
