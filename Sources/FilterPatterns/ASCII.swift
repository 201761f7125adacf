extension UInt8 {
    /// Whether this is one of `0` to `9`.
    @inlinable package var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// Whether this is a letter of ASCII, of either case.
    @inlinable package var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }

    /// Whether this is a letter of ASCII, a digit or an underscore.
    @inlinable package var isWordCharacter: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }

    /// What a hexadecimal digit of either case stands for; `nil` for any other byte.
    @inlinable package var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether `text` stands anywhere in these bytes.
    package func contains(_ text: [UInt8]) -> Bool {
        guard let first = text.first else { return true }
        guard text.count <= count else { return false }
        for start in 0...count - text.count where self[start] == first {
            var matched = 1
            while matched < text.count, self[start + matched] == text[matched] { matched += 1 }
            if matched == text.count { return true }
        }
        return false
    }
}
