private import CScan

/// UTF-8 as RFC 3629 has it: no surrogates, nothing longer than it must be, nothing above U+10FFFF.
enum UTF8Check {
    /// The length of the character beyond ASCII at `bytes`, or 0 when there is none.
    ///
    /// Looks at a following byte only when the one before it is right, so a byte that continues nothing ends it.
    static func sequenceBytes(_ bytes: UnsafePointer<UInt8>) -> Int {
        let second: ClosedRange<UInt8>
        let length: Int
        switch bytes[0] {
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: return 0
        }
        guard second.contains(bytes[1]) else { return 0 }
        for index in 2..<max(length, 2) where bytes[index] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// Where a text stops being UTF-8, or `nil` when it does not.
    static func firstFault(_ base: UnsafePointer<UInt8>, count: Int) -> Int? {
        let run = cscan_utf8_run(base, count)
        return run == count ? nil : run
    }
}
