extension RandomRecord {
    /// The text as a payload, in one of the ways there are.
    mutating func payload() -> [UInt8] {
        let levels: [Int32] = [0, 1, 6, 9]
        switch count(0...3) {
        case 0: return text
        case 1: return Gzip(level: levels[count(0...3)]).member(text)
        case 2: return gzip(text) + [UInt8](repeating: 0, count: count(1...600))
        default:
            let cuts = [0] + (0..<count(1...4)).map { _ in count(0...text.count) }.sorted() + [text.count]
            return zip(cuts, cuts.dropFirst()).flatMap { start, end in
                Gzip(level: levels[count(0...3)]).member(text[start..<end])
            }
        }
    }
}
