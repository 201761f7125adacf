/// Makes payloads of what one source writes, always the same for the same random numbers.
struct CorpusMaker<Source: LogSource> {
    private var source: Source
    private var random: SplitMix64
    private var time: LogTime
    private var ids = EventIDs()

    init(_ source: Source, random: SplitMix64, startMilliseconds: Int) {
        self.source = source
        self.random = random
        time = LogTime(milliseconds: startMilliseconds)
    }

    /// Payloads whose texts have `textBytes` together, and at most one payload more.
    mutating func payloads(textBytes: Int) throws -> [[UInt8]] {
        var payloads: [[UInt8]] = []
        var made = 0
        while made < textBytes {
            let text = document(bytes: min(payloadBytes(), textBytes - made))
            made += text.count
            payloads.append(try Gzip.compress(text))
        }
        return payloads
    }

    /// How long the next text is to be: from 2 KB to 1 MB, mostly 20 KB to 300 KB, as a busy log stream's are.
    private mutating func payloadBytes() -> Int {
        let kilobytes =
            switch random.below(20) {
            case 0: 2...8
            case 1...2: 8...20
            case 3...6: 20...40
            case 7...11: 40...80
            case 12...15: 80...160
            case 16...17: 160...300
            case 18: 300...600
            default: 600...1000
            }
        return random.within(kilobytes) * 1000
    }

    private mutating func document(bytes: Int) -> [UInt8] {
        let origin = source.origin(at: time, random: &random)
        var document = MessageDocument(origin: origin, escapesUnicode: source.escapesUnicode)
        repeat {
            let message = source.message(at: time, random: &random)
            document.append(id: ids.next(at: time, random: &random), time: time, message: message)
            time.advance(milliseconds: source.pauseMilliseconds(random: &random))
        } while document.bytes.count < bytes
        return document.finish()
    }
}

/// 56 digits that grow, as CloudWatch Logs makes them: the number's high bits are the time, so that the first digits
/// tell it and all others change with it; events of one millisecond differ by their index.
private struct EventIDs {
    private var milliseconds = 0
    private var tail = ""
    private var index = 0

    mutating func next(at time: LogTime, random: inout SplitMix64) -> String {
        if time.milliseconds != milliseconds {
            milliseconds = time.milliseconds
            index = 0
            tail = random.text(of: Alphabet.digits, count: 38)
        }
        index += 1
        // One millisecond is 2^144 of the number, 2.23 of its 44th digit.
        return LogTime.padded(milliseconds * 223 / 100, 13) + tail + LogTime.padded(index, 5)
    }
}
