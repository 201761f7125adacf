extension PatternRegex {
    /// Whether the expression is found anywhere in `text`.
    func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        var search = RegexSearch(program, text)
        return search.run()
    }
}

/// All the places of a program that a text may have reached, moved on one character at a time.
private struct RegexSearch {
    private let program: [PatternRegex.Instruction]
    private let text: UnsafeBufferPointer<UInt8>
    private var current: [Int] = []
    private var following: [Int] = []
    /// For each instruction the position at which it was reached last: it is entered once a position.
    private var reachedAt: [Int]
    private var pending: [Int] = []
    private var isFound = false

    init(_ program: [PatternRegex.Instruction], _ text: UnsafeBufferPointer<UInt8>) {
        self.program = program
        self.text = text
        reachedAt = Array(repeating: -1, count: program.count)
    }

    mutating func run() -> Bool {
        var at = 0
        while true {
            reach(0, at: at)  // the expression may begin here
            if isFound || at == text.count { return isFound }
            swap(&current, &following)
            following.removeAll(keepingCapacity: true)
            let next = at + characterLength(at)
            for place in current {
                if case .take(let set) = program[place], set.contains(text[at]) { reach(place + 1, at: next) }
            }
            at = next
        }
    }

    /// Enters an instruction and those it leads to without taking a character.
    private mutating func reach(_ first: Int, at position: Int) {
        pending.append(first)
        while let place = pending.popLast() {
            guard reachedAt[place] != position else { continue }
            reachedAt[place] = position
            switch program[place] {
            case .take: following.append(place)
            case .either(let one, let other):
                pending.append(other)
                pending.append(one)
            case .start: if position == 0 { pending.append(place + 1) }
            case .end: if position == text.count { pending.append(place + 1) }
            case .found: isFound = true
            }
        }
    }

    /// Messages are UTF-8, a lone surrogate's three bytes included.
    private func characterLength(_ at: Int) -> Int {
        let length =
            switch text[at] {
            case ..<0xc0: 1
            case ..<0xe0: 2
            case ..<0xf0: 3
            default: 4
            }
        return min(length, text.count - at)
    }
}
