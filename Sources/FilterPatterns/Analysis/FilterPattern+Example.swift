extension FilterPattern {
    /// How many ways of a condition to be true are tried.
    private static let waysMax = 256

    /// A message that the pattern matches, made from the pattern itself; `nil` when none was found.
    ///
    /// That it matches has been tried. That none was found does not say that there is none: expressions in
    /// particular may ask for more than is tried.
    package func example() -> String? { drafts().first { isExample($0) }.map { String(decoding: $0, as: UTF8.self) } }

    /// The same with `marker` in it, by which the message can be told from all others.
    ///
    /// A JSON object gets the marker as the value of an additional member, `tailrace`, any other message as a word.
    /// `nil` when no message was found that holds the marker as it stands and still matches.
    package func example(marked marker: String) -> String? {
        let bytes = Array(marker.utf8)
        let marked = markedDrafts(marker).first { draft in
            isExample(draft) && draft.withUnsafeBufferPointer { $0.contains(bytes) }
        }
        return marked.map { String(decoding: $0, as: UTF8.self) }
    }

    /// AWS takes no empty event.
    private func isExample(_ draft: [UInt8]) -> Bool {
        var room: [JSONNode] = []
        return !draft.isEmpty && draft.withUnsafeBufferPointer { match($0, room: &room) } != nil
    }

    private func drafts() -> [[UInt8]] {
        switch form {
        case .everything: TermDraft.plainLines
        case .terms(let pattern): TermDraft.drafts(pattern)
        case .json(let condition): jsonDrafts(condition).map(\.bytes)
        case .fields(let pattern): (FieldsDraft(pattern).map { [$0.line] } ?? []) + TermDraft.plainLines
        }
    }

    private func jsonDrafts(_ condition: PatternCondition<JSONSelector>) -> [JSONDraft] {
        condition.ways(max: Self.waysMax).compactMap { JSONDraft($0) }
    }
}

// MARK: - Marked

extension FilterPattern {
    /// The member that holds a marker, or another for patterns that speak of the first.
    private static let markerMembers = ["tailrace", "tailrace-test"]
    /// Into how long a line a marker is put at any place; into longer ones only at the ends.
    private static let lineMax = 256
    private static let linesMax = 8

    private func markedDrafts(_ marker: String) -> [[UInt8]] {
        let text = Array(marker.utf8)
        switch form {
        case .everything, .terms: return withWord(text)
        case .json(let condition):
            return jsonDrafts(condition).flatMap { draft in Self.markerMembers.map { draft.adding($0, marker) } }
        case .fields(let pattern): return (FieldsDraft(pattern)?.lines(with: text) ?? []) + withWord(text)
        }
    }

    private func withWord(_ word: [UInt8]) -> [[UInt8]] {
        drafts().lazy.filter(isExample).prefix(Self.linesMax).flatMap { Self.insert(word, into: $0) }
    }

    /// `word` at the end of `line`, at its beginning, and between any two of its characters.
    private static func insert(_ word: [UInt8], into line: [UInt8]) -> [[UInt8]] {
        let blank = [UInt8(ascii: " ")]
        let atEnds = [line + blank + word, word + blank + line, line + word, word + line]
        guard line.count <= lineMax else { return atEnds }
        return atEnds
            + line.indices.dropFirst().filter { line[$0] & 0xc0 != 0x80 }.flatMap { place in
                [blank + word + blank, word].map { line[..<place] + $0 + line[place...] }
            }
    }
}
