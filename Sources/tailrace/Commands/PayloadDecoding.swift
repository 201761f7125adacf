internal import Core
internal import Settings

/// What `tailrace decode` does: reads inputs, prints their events, complains about the rest.
struct PayloadDecoding {
    /// Inputs are held in memory whole; what is larger is better split.
    static let inputBytesMax = 16 << 30
    /// Lines are gathered into writes of at least this many bytes: what a pipe holds.
    private static let writeBytes = 64 << 10
    /// So many lines are made before it is asked whether they are enough for a write.
    private static let eventsAtOnce = 256

    private let format: LineFormat
    private let recordBytesMax: Int
    private let emit: ([UInt8]) throws(StandardStream.WriteFailure) -> Void
    private let complain: (String) -> Void
    private let decoder = RecordDecoder(pool: TextPool())
    private var lines: [UInt8] = []
    private var complaints = 0

    /// - Parameters:
    ///   - emit: Takes whole lines of output.
    ///   - complain: Takes one line, without its newline.
    init(
        format: LineFormat, recordBytesMax: Int,
        emit: @escaping ([UInt8]) throws(StandardStream.WriteFailure) -> Void, complain: @escaping (String) -> Void
    ) {
        self.format = format
        self.recordBytesMax = recordBytesMax
        self.emit = emit
        self.complain = complain
    }

    /// Decodes the files of these names one after the other; without any, standard input.
    ///
    /// Answers `failed` when something could not be read or decoded. A reader of the output that went away has had enough:
    /// that ends the work and is no failure.
    mutating func run(_ names: [String]) throws(CommandFailure) -> ExitCode {
        do throws(StandardStream.WriteFailure) {
            for name in names.isEmpty ? [WholeFile.standardInput] : names { try decodeFile(name) }
            try flush()
        } catch {
            switch error {
            case .closed: break
            case .system(let fault): throw CommandFailure(.failed, "cannot write to standard output: \(fault)")
            }
        }
        return complaints == 0 ? .done : .failed
    }

    private mutating func decodeFile(_ name: String) throws(StandardStream.WriteFailure) {
        let shown = name == WholeFile.standardInput ? "standard input" : name
        let input: [UInt8]
        do throws(WholeFile.ReadFailure) {
            input = try WholeFile.bytes(of: name, bytesMax: Self.inputBytesMax)
        } catch {
            return try complain(about: shown, "\(error)")
        }
        try decode(input, from: shown)
    }

    /// Decodes all payloads of `input`. `name` is what complaints call it.
    mutating func decode(_ input: [UInt8], from name: String) throws(StandardStream.WriteFailure) {
        for item in DecodeInput.items(of: input) {
            switch item.payload.flatMap(decoded) {
            case .success(let record):
                for message in record.messages { try append(message, of: record) }
            case .failure(let undecodable):
                try complain(about: "\(name): \(item.place)", "\(undecodable.reason.rawValue): \(undecodable.detail)")
            }
        }
    }

    private func decoded(_ payload: ArraySlice<UInt8>) -> Result<DecodedRecord, Undecodable> {
        let outcome = payload.withUnsafeBytes {
            decoder.decode($0, allowance: recordBytesMax, maxRecord: recordBytesMax)
        }
        switch outcome {
        case .decoded(let record): return .success(record)
        case .undecodable(let undecodable): return .failure(undecodable)
        case .needsMore: preconditionFailure("a record was allowed all that it may have and wants more")
        }
    }
}

extension PayloadDecoding {
    private mutating func append(
        _ message: SubscriptionMessage, of record: DecodedRecord
    ) throws(StandardStream.WriteFailure) {
        var rest = record.events[message.events]
        while !rest.isEmpty {
            format.append(rest.prefix(Self.eventsAtOnce), of: message, in: record.text, to: &lines)
            rest = rest.dropFirst(Self.eventsAtOnce)
            if lines.count >= Self.writeBytes { try flush() }
        }
    }

    /// The output comes first, so that both streams on one terminal tell the story in its order.
    private mutating func complain(about place: String, _ what: String) throws(StandardStream.WriteFailure) {
        try flush()
        complaints += 1
        complain("\(place): \(what)")
    }

    mutating func flush() throws(StandardStream.WriteFailure) {
        guard !lines.isEmpty else { return }
        defer { lines.removeAll(keepingCapacity: true) }
        try emit(lines)
    }
}
