/// Gathers a response's head from the lines that libcurl hands over one by one.
struct HeadParser {
    enum Step: Equatable {
        case more
        /// The head that counts is there. Interim responses are passed over.
        case complete
        case tooLong
    }

    private(set) var status = 0
    private(set) var headers = HTTPHeaders()
    private(set) var isComplete = false
    private var bytes = 0

    /// Whether any byte of a response came.
    var hasBegun: Bool { bytes > 0 }

    var head: HTTPResponseHead { HTTPResponseHead(status: status, headers: headers) }

    /// `line` with its line end. What comes after the head, a trailer, is counted and dropped.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Step {
        bytes += line.count
        guard bytes <= TransportLimits.headBytesMax else { return .tooLong }
        guard !isComplete else { return .more }
        if let status = Self.status(of: line) {
            self.status = status
            headers = HTTPHeaders()
            return .more
        }
        let content = Self.trimmed(line[...])
        guard !content.isEmpty else {
            isComplete = status >= 200
            return isComplete ? .complete : .more
        }
        field(content, isContinued: line.first.map(Self.isBlank) ?? false)
        return .more
    }

    private mutating func field(_ content: Slice<UnsafeRawBufferPointer>, isContinued: Bool) {
        if isContinued { return headers.continueLast(with: String(decoding: content, as: UTF8.self)) }
        guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = String(decoding: Self.trimmed(content[..<colon]), as: UTF8.self)
        let value = String(decoding: Self.trimmed(content[(colon + 1)...]), as: UTF8.self)
        headers.append(name, value)
    }

    /// Of `HTTP/1.1 200 OK` or `HTTP/2 200`; `nil` for any other line.
    private static func status(of line: UnsafeRawBufferPointer) -> Int? {
        guard line.starts(with: "HTTP/".utf8), let blank = line.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        let digits = line[blank...].dropFirst().prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func trimmed(_ text: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
}
