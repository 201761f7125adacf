/// How lines and bodies are put together: by appending slices of a record's text, never by encoding them again.
extension [UInt8] {
    @inline(__always)
    mutating func append(slice: UnsafeRawBufferPointer) {
        append(contentsOf: slice.assumingMemoryBound(to: UInt8.self))
    }

    @inline(__always)
    mutating func append(literal: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends `number` in decimal.
    mutating func append(decimal number: Int64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number.magnitude
            var first = digits.count
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if number < 0 { append(UInt8(ascii: "-")) }
            append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[first...]))
        }
    }
}
