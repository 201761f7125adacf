/// Eight decimal digits in one word, the first one in its lowest byte, as memory has them.
enum EightDigits {
    /// The first number with more digits.
    static let bound: Int64 = 100_000_000
    static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// `number` is below `bound`. Halves become fours of digits, then pairs, then digits; each step divides all parts at once.
    @inline(__always)
    static func text(_ number: UInt64) -> UInt64 {
        let fours = (number / 10_000) | ((number % 10_000) << 32)
        let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007F_0000_007F
        let pairs = hundreds | ((fours &- hundreds &* 100) << 16)
        let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
        return (tens | ((pairs &- tens &* 10) << 8)) | zeros
    }

    /// The number that the digits of `word` make; `nil` when one of its bytes is no digit.
    @inline(__always)
    static func number(_ word: UInt64) -> UInt64? {
        let (ones, tooLarge) = (word &- zeros, word &+ 0x4646_4646_4646_4646)
        guard (ones | tooLarge) & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Digits become pairs, pairs fours, fours the whole: the earlier one, lower in the word, times its base.
        let pairs = (ones &* 10 &+ (ones >> 8)) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ (pairs >> 16)) & 0x0000_FFFF_0000_FFFF
        return (fours &* 10_000 &+ (fours >> 32)) & 0xFFFF_FFFF
    }
}
