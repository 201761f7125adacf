private import Glibc

/// A number of the text.
struct JSONNumber {
    let start: Int
    let count: Int
    /// Neither a fraction nor an exponent.
    let isInteger: Bool

    var range: ByteRange { ByteRange(start: start, count: count) }
}

extension JSONCursor {
    /// Passes a number. `at` is at its sign or first digit.
    mutating func number() throws(JSONFault) -> JSONNumber {
        let start = at
        var isInteger = true
        if byte == UInt8(ascii: "-") { at += 1 }
        let hasLeadingZero = byte == UInt8(ascii: "0")
        guard skipDigits() == 1 || !hasLeadingZero else { throw JSONFault(.number, at: start) }
        guard isDigit(base[at - 1]) else { throw JSONFault(.number, at: at) }
        if byte == UInt8(ascii: ".") {
            at += 1
            guard skipDigits() > 0 else { throw JSONFault(.number, at: at) }
            isInteger = false
        }
        if byte | 0x20 == UInt8(ascii: "e") {
            at += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
            guard skipDigits() > 0 else { throw JSONFault(.number, at: at) }
            isInteger = false
        }
        return JSONNumber(start: start, count: at - start, isInteger: isInteger)
    }

    @inline(__always)
    private mutating func skipDigits() -> Int {
        let start = at
        while isDigit(byte) { at += 1 }
        return at - start
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Passes `word`, which is `true`, `false` or `null`.
    private mutating func literal(_ word: StaticString) throws(JSONFault) {
        guard memcmp(base + at, word.utf8Start, word.utf8CodeUnitCount) == 0 else { throw JSONFault(.literal, at: at) }
        at += word.utf8CodeUnitCount
    }

    /// Steps to an object's next member. `at` is past its brace or past the value before.
    ///
    /// Returns the name with `at` on its value, or `nil` with `at` past the closing brace.
    @inline(__always)
    mutating func nextMember(isFirst: Bool) throws(JSONFault) -> JSONString? {
        skipSpace()
        if byte == UInt8(ascii: "}") {
            at += 1
            return nil
        }
        if !isFirst {
            guard byte == UInt8(ascii: ",") else { throw JSONFault(.commaOrBrace, at: at) }
            at += 1
            skipSpace()
        }
        return try name()
    }

    @inline(__always)
    private mutating func name() throws(JSONFault) -> JSONString {
        guard byte == UInt8(ascii: "\"") else { throw JSONFault(.name, at: at) }
        let name = try string()
        skipSpace()
        guard byte == UInt8(ascii: ":") else { throw JSONFault(.colon, at: at) }
        at += 1
        skipSpace()
        return name
    }

    /// Steps to an array's next element. `at` is past its bracket or past the value before.
    ///
    /// Returns whether there is one, with `at` on it; if not, `at` is past the closing bracket.
    @inline(__always)
    mutating func nextElement(isFirst: Bool) throws(JSONFault) -> Bool {
        skipSpace()
        if byte == UInt8(ascii: "]") {
            at += 1
            return false
        }
        if !isFirst {
            guard byte == UInt8(ascii: ",") else { throw JSONFault(.commaOrBracket, at: at) }
            at += 1
            skipSpace()
        }
        return true
    }

    /// Passes the value at `at`, which stands in `depth` objects and arrays. All of it is checked.
    mutating func skipValue(depth outer: Int) throws(JSONFault) {
        var open = OpenContainers(outer: outer)
        repeat {
            var isFirst = false
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard open.depth < Self.nestingMax else { throw JSONFault(.nesting, at: at) }
                open.push(isObject: byte == UInt8(ascii: "{"))
                at += 1
                isFirst = true
            default: try skipScalar()
            }
            // Past the ends of whatever ends here, to the next value in what is still open.
            while !open.isEmpty {
                if open.isObject ? try nextMember(isFirst: isFirst) != nil : try nextElement(isFirst: isFirst) { break }
                open.pop()
                isFirst = false
            }
        } while !open.isEmpty
    }

    private mutating func skipScalar() throws(JSONFault) {
        switch byte {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: throw JSONFault(.value, at: at)
        }
    }
}

/// The objects and arrays around a place in the text: a bit for each that `skipValue` has opened.
private struct OpenContainers {
    private var kinds: UInt128 = 0
    private let outer: Int
    private(set) var depth: Int

    init(outer: Int) {
        self.outer = outer
        depth = outer
    }

    var isEmpty: Bool { depth == outer }
    var isObject: Bool { kinds & 1 == 1 }

    mutating func push(isObject: Bool) {
        kinds = kinds << 1 | (isObject ? 1 : 0)
        depth += 1
    }

    mutating func pop() {
        kinds >>= 1
        depth -= 1
    }
}
