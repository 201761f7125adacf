/// A record's text, with everything a JSON writer is free to choose chosen by a seed, and what it says.
///
/// Written from front to back, so that what is written knows how far it stands from a block's boundary.
struct RandomRecord {
    struct Size {
        var documents = 1...4
        var events = 0...5
        /// How long a string is as it is written.
        var stringBytes = 0...300

        static let small = Size(documents: 1...2, events: 0...3, stringBytes: 0...40)
        static let usual = Size()
        static let manyEvents = Size(documents: 1...2, events: 200...800, stringBytes: 0...12)
        static let longStrings = Size(documents: 1...2, events: 0...3, stringBytes: 0...30_000)
    }

    /// What Foundation understands as everybody does: no name twice in an object, no lone surrogates, no number too large,
    /// no U+FEFF (which it drops where it begins a string).
    let isCommon: Bool
    let size: Size
    var random: SplitMix
    /// Without white space between tokens, as CloudWatch Logs writes it.
    let isDense: Bool

    var text: [UInt8] = []
    private(set) var reading = Reading()
    /// Where each message of the reading stands in the text.
    private(set) var messageDocuments: [Range<Int>] = []

    init(seed: UInt64, size: Size = .usual, isCommon: Bool = false) {
        self.isCommon = isCommon
        self.size = size
        random = SplitMix(seed: seed)
        isDense = Bool.random(using: &random)
        space()
        for _ in 0..<count(size.documents) {
            if oneIn(5) { controlDocument() } else { dataDocument() }
            space()
        }
    }

    mutating func oneIn(_ chances: Int) -> Bool { count(1...chances) == 1 }
    mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func write(_ string: String) { text += Array(string.utf8) }

    // MARK: - Documents

    private static let documentNames = [
        "messageType", "owner", "logGroup", "logStream", "logEvents", "subscriptionFilters",
    ]

    private mutating func dataDocument() {
        let start = text.count
        let none = Reading.Text(range: 0..<0, unescaped: [])
        var message = Reading.Message(owner: none, logGroup: none, logStream: none, events: [])
        let names = Self.documentNames.dropLast(oneIn(2) ? 1 : 0)
        object(names + strangers(), decoys: Array(names)) { writer, name, isDecoy in
            switch name {
            case _ where isDecoy && writer.oneIn(2): writer.value(depth: 3)
            case "messageType": _ = writer.literal(isDecoy ? "CONTROL_MESSAGE" : "DATA_MESSAGE")
            case "owner": message.owner = writer.originName()
            case "logGroup": message.logGroup = writer.originName()
            case "logStream": message.logStream = writer.originName()
            case "logEvents": message.events = writer.events()
            case "subscriptionFilters": message.subscriptionFilters = writer.subscriptionFilters()
            default: writer.value(depth: 3)
            }
        }
        messageDocuments.append(start..<text.count)
        reading.messages.append(message)
    }

    /// A control message may hold anything besides its type.
    private mutating func controlDocument() {
        let names = ["messageType"] + Self.documentNames.dropFirst().filter { _ in oneIn(2) }
        object(names + strangers(), decoys: names) { writer, name, isDecoy in
            switch name {
            case "messageType": _ = writer.literal(isDecoy ? "DATA_MESSAGE" : "CONTROL_MESSAGE")
            case "logEvents" where writer.oneIn(2): _ = writer.events()
            default: writer.value(depth: 3)
            }
        }
        reading.controlMessages += 1
    }

    private mutating func subscriptionFilters() -> Range<Int>? {
        let start = text.count
        if oneIn(5) {
            write(["null", "1", #""f""#, "{}"][count(0...3)])
            return nil
        }
        array(0...3) { writer, _ in _ = writer.string() }
        return start..<text.count
    }

    private mutating func originName() -> Reading.Text { string(atLeast: 1) }

    // MARK: - Events

    private mutating func events() -> [Reading.Event] {
        var events: [Reading.Event] = []
        array(size.events) { writer, _ in events.append(writer.event()) }
        return events
    }

    private mutating func event() -> Reading.Event {
        var event = Reading.Event(timestamp: 0, message: Reading.Text(range: 0..<0, unescaped: []), messageBytes: 0)
        let names = ["timestamp", "message"] + (oneIn(2) ? ["id"] : []) + (oneIn(2) ? ["extractedFields"] : [])
        object(names + strangers(), decoys: names) { writer, name, isDecoy in
            switch name {
            case _ where isDecoy && writer.oneIn(2): writer.value(depth: 3)
            case "timestamp": event.timestamp = writer.timestamp()
            case "id": event.id = writer.id()
            case "message":
                event.message = writer.string()
                event.messageBytes = event.message.unescaped.count
            case "extractedFields": event.extractedFields = writer.extractedFields()
            default: writer.value(depth: 3)
            }
        }
        return event
    }

    private mutating func timestamp() -> Int64 {
        let bits = count(0...63)
        let timestamp = bits == 63 ? .max : Int64.random(in: 0...(1 << bits), using: &random)
        if !isCommon && oneIn(6) {
            _ = literal((oneIn(4) ? "00" : "") + "\(timestamp)")
        } else {
            write(!isCommon && timestamp == 0 && oneIn(2) ? "-0" : "\(timestamp)")
        }
        return timestamp
    }

    private mutating func id() -> Reading.Text {
        guard oneIn(4) else { return string() }
        let start = text.count
        write("\(Int64.random(in: isCommon ? 0...1 << 40 : Int64.min...Int64.max, using: &random))")
        if !isCommon && oneIn(2) { write(String(repeating: "1234567890", count: count(1...8))) }
        return Reading.Text(range: start..<text.count, unescaped: Array(text[start...]))
    }

    private mutating func extractedFields() -> Range<Int> {
        let start = text.count
        object(strangers(), decoys: []) { writer, _, _ in writer.value(depth: 3) }
        return start..<text.count
    }

    // MARK: - Objects and arrays

    /// Names nobody knows, different ones.
    mutating func strangers() -> [String] {
        let pieces = ["", "\"", "\\", "é", "€", "😀", "messageType", "message", String(repeating: "n", count: 70)]
        return (0..<count(0...2)).map { "x\($0)" + pieces[count(0...pieces.count - 1)] }
    }

    /// Writes an object of these members in any order, `decoys` perhaps before the ones that count.
    ///
    /// `value` writes the value of a member; it is told whether it is one that does not count.
    mutating func object(
        _ names: [String], decoys: [String], value: (inout RandomRecord, String, _ isDecoy: Bool) -> Void
    ) {
        var members = names.shuffled(using: &random).map { (name: $0, isDecoy: false) }
        for decoy in isCommon ? [] : decoys where oneIn(6) {
            guard let place = members.firstIndex(where: { $0.name == decoy }) else { continue }
            members.insert((decoy, true), at: count(0...place))
        }
        write("{")
        space()
        for (index, member) in members.enumerated() {
            if index > 0 { comma() }
            _ = literal(member.name)
            space()
            write(":")
            space()
            value(&self, member.name, member.isDecoy)
            space()
        }
        write("}")
    }

    mutating func array(_ range: ClosedRange<Int>, element: (inout RandomRecord, Int) -> Void) {
        write("[")
        space()
        for index in 0..<count(range) {
            if index > 0 { comma() }
            element(&self, index)
            space()
        }
        write("]")
    }

    private mutating func comma() {
        write(",")
        space()
    }
}
