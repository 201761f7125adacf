private import Glibc

/// How lines and bodies are put together: by copying slices of a record's text, never by encoding them again.
///
/// Writes into room that an array has made once for the whole piece, so that a slice costs its `memcpy` and little else.
struct ByteWriter {
    /// The most digits a number has, and its sign.
    static let decimalBytesMax = 20

    private let start: UnsafeMutablePointer<UInt8>
    private let room: Int
    private(set) var count = 0

    fileprivate init(_ room: UnsafeMutableBufferPointer<UInt8>) {
        // The room is never empty: whoever asks for none is not called.
        start = room.baseAddress!
        self.room = room.count
    }

    /// The last byte that was put, if any.
    var last: UInt8? { count > 0 ? start[count - 1] : nil }

    @inline(__always)
    private mutating func take(_ bytes: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(bytes <= room - count, "more was written than room was asked for")
        defer { count += bytes }
        return start + count
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) { take(1).pointee = byte }

    @inline(__always)
    mutating func put(_ slice: UnsafeRawBufferPointer) {
        guard let source = slice.baseAddress else { return }
        memcpy(take(slice.count), source, slice.count)
    }

    @inline(__always)
    mutating func put(_ literal: StaticString) {
        memcpy(take(literal.utf8CodeUnitCount), literal.utf8Start, literal.utf8CodeUnitCount)
    }

    /// Copies what was put at `range` once more.
    @inline(__always)
    mutating func put(again range: Range<Int>) {
        memcpy(take(range.count), start + range.lowerBound, range.count)
    }

    /// Writes `number` in decimal.
    @inline(__always)
    mutating func put(decimal number: Int64) {
        if number >= EightDigits.bound, number < EightDigits.bound * EightDigits.bound {
            put(upTo16Digits: UInt64(number))
        } else {
            put(anyDecimal: number)
        }
    }

    /// Writes 9 to 16 digits, eight at a time: the milliseconds of any date that logs have.
    @inline(__always)
    private mutating func put(upTo16Digits number: UInt64) {
        let bound = UInt64(EightDigits.bound)
        let high = EightDigits.text(number / bound)
        let zeros = (high ^ EightDigits.zeros).trailingZeroBitCount / 8
        let first = UnsafeMutableRawPointer(take(16 - zeros))
        first.storeBytes(of: high >> (8 * UInt64(zeros)), as: UInt64.self)
        first.storeBytes(of: EightDigits.text(number % bound), toByteOffset: 8 - zeros, as: UInt64.self)
    }

    private mutating func put(anyDecimal number: Int64) {
        if number < 0 { put(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let digits = Self.digits(of: rest)
        let first = take(digits)
        for index in (0..<digits).reversed() {
            first[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    private static func digits(of number: UInt64) -> Int {
        var (digits, bound): (Int, UInt64) = (1, 10)
        while number >= bound {
            digits += 1
            let (next, isBeyond) = bound.multipliedReportingOverflow(by: 10)
            if isBeyond { break }
            bound = next
        }
        return digits
    }
}

extension [UInt8] {
    /// Appends what `write` puts, which is at most `bytes`.
    @inline(__always)
    mutating func append(atMost bytes: Int, _ write: (inout ByteWriter) -> Void) {
        guard bytes > 0 else { return }
        append(addingCapacity: bytes) { output in
            output.withUnsafeMutableBufferPointer { room, written in
                var writer = ByteWriter(room)
                write(&writer)
                written += writer.count
            }
        }
    }

    mutating func append(literal: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }
}
