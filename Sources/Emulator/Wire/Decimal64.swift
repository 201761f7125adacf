/// Unsigned numbers as decimal digits, appended to bytes.
enum Decimal64 {
    /// Most digits of a 64-bit number.
    private static let digitsMax = 20

    /// At least `width` digits, filled up with zeros on the left.
    static func append(_ value: UInt64, width: Int = 1, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: digitsMax) { digits in
            var rest = value
            var first = digitsMax
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0 || digitsMax - first < width
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }
}
