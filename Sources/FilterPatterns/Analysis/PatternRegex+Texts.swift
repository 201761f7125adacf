extension PatternRegex {
    /// How often one place of a program is passed in search of texts: each time gives another text.
    private static let visitsMax = 3

    /// Texts that the expression finds itself in, the shortest first, at most `max`.
    func texts(max: Int) -> [[UInt8]] {
        var search = TextSearch(program: program)
        while search.texts.count < max, search.advance() {}
        return Array(search.texts.prefix(max))
    }

    /// All the places that some text leads to, moved on one character at a time.
    private struct TextSearch {
        struct Place {
            var instruction: Int
            var text: [UInt8]
            /// Whether `$` was passed, so that no character may follow.
            var isEnded = false
        }

        let program: [Instruction]
        private(set) var texts: [[UInt8]] = []
        private var places = [Place(instruction: 0, text: [])]
        private var visits: [Int]

        init(program: [Instruction]) {
            self.program = program
            visits = Array(repeating: 0, count: program.count)
        }

        /// Lengthens all texts by one character; `false` when there is none left.
        mutating func advance() -> Bool {
            var following: [Place] = []
            for place in places { follow(place, to: &following) }
            places = following
            return !places.isEmpty
        }

        private mutating func follow(_ first: Place, to following: inout [Place]) {
            var pending = [first]
            while var place = pending.popLast() {
                let instruction = place.instruction
                guard visits[instruction] < PatternRegex.visitsMax else { continue }
                visits[instruction] += 1
                place.instruction += 1
                switch program[instruction] {
                case .take(let set):
                    guard !place.isEnded, let character = set.character else { continue }
                    place.text += character
                    following.append(place)
                case .either(let one, let other):
                    if one != other {
                        pending.append(Place(instruction: other, text: place.text, isEnded: place.isEnded))
                    }
                    pending.append(Place(instruction: one, text: place.text, isEnded: place.isEnded))
                case .start: if place.text.isEmpty { pending.append(place) }
                case .end:
                    place.isEnded = true
                    pending.append(place)
                case .found: texts.append(place.text)
                }
            }
        }
    }
}

extension RegexSet {
    private static let preferred = Array("a0A -_./:".utf8) + (0x21...0x7e) + (0x00...0x20) + [0x7f]

    /// One character of the set, a readable one if there is one.
    var character: [UInt8]? {
        if let byte = Self.preferred.first(where: contains) { return [byte] }
        let other = Array("é".utf8)
        return contains(other[0]) ? other : nil
    }
}
