extension JSONCursor {
    /// What is wrong with the string that begins at `start` and that the scan refused.
    ///
    /// The scan only says that something is; this walks slowly and says where. Bytes beyond ASCII are not looked at.
    func stringFault(from start: Int) -> JSONFault {
        var next = start
        while base[next] != UInt8(ascii: "\"") {
            if base[next] < 0x20 {
                return JSONFault(next < end ? .controlCharacter : .unterminatedString, at: next)
            } else if base[next] == UInt8(ascii: "\\") {
                if let fault = escapeFault(at: next) { return fault }
                next += 2
            } else {
                next += 1
            }
        }
        return JSONFault(.unterminatedString, at: next)
    }

    /// What is wrong with the escape whose backslash is at `start`.
    private func escapeFault(at start: Int) -> JSONFault? {
        switch base[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "n"), UInt8(ascii: "t"),
            UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"):
            nil
        case UInt8(ascii: "u"):
            (start + 2..<start + 6).allSatisfy { HexDigit.value(base[$0]) != nil }
                ? nil : JSONFault(.hexDigits, at: min(start + 2, end))
        default: JSONFault(.escape, at: min(start + 1, end))
        }
    }
}
