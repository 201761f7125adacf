/// Base64 as people paste it: one payload on one line or broken into several, or several payloads.
enum Base64Lines {
    /// What the first three bytes of every gzip payload look like in base64.
    private static let gzipStart = Array("H4sI".utf8)

    private struct Group {
        let line: Int
        var text: [UInt8] = []
    }

    /// `nil` when `input` has anything that is neither base64 nor white space, or nothing else.
    static func items(of input: [UInt8]) -> [DecodeInput.Item]? {
        guard input.allSatisfy({ JSONCursor.isSpace($0) || isDigit($0) }) else { return nil }
        let groups = groups(of: input)
        guard !groups.isEmpty else { return nil }
        return groups.map { group in
            let payload = Base64.decode(group.text).map { Result<_, Undecodable>.success($0[...]) }
            return DecodeInput.Item(
                "line \(group.line)",
                payload ?? .failure(Undecodable(.notGzip, "neither gzip nor JSON nor complete base64")))
        }
    }

    /// A line begins a payload when gzip begins there or when padding has ended the one before.
    private static func groups(of input: [UInt8]) -> [Group] {
        var groups: [Group] = []
        for (index, line) in input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let text = line.filter { !JSONCursor.isSpace($0) }
            guard !text.isEmpty else { continue }
            if groups.isEmpty || text.starts(with: gzipStart) || groups[groups.count - 1].text.last == UInt8(ascii: "=")
            {
                groups.append(Group(line: index + 1))
            }
            groups[groups.count - 1].text += text
        }
        return groups
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "=") || Base64.value(byte) != nil }
}
