/// Unfolds an expression's alternatives into instructions.
struct RegexCompiler {
    private var program: [PatternRegex.Instruction] = []

    /// The program begins at its first instruction and has found the expression at `.found`.
    mutating func compile(_ alternatives: [[RegexPiece]]) throws(FilterPatternFault) -> [PatternRegex.Instruction] {
        for (index, pieces) in alternatives.enumerated() {
            let fork = program.count
            let isLast = index == alternatives.count - 1
            if !isLast { append(.either(fork + 1, fork + 1)) }
            for piece in pieces { try unfold(piece) }
            append(.found)
            if !isLast { program[fork] = .either(fork + 1, program.count) }
        }
        return program
    }

    private mutating func unfold(_ piece: RegexPiece) throws(FilterPatternFault) {
        for _ in 0..<piece.least { append(instruction(piece.atom)) }
        if let most = piece.most {
            for _ in piece.least..<most {
                let fork = program.count
                append(.either(fork + 1, fork + 2))
                append(instruction(piece.atom))
            }
        } else {
            let fork = program.count
            append(.either(fork + 1, fork + 3))
            append(instruction(piece.atom))
            append(.either(fork, fork))
        }
        guard program.count <= PatternRegex.programMax else { throw .badRegularExpression }
    }

    private mutating func append(_ instruction: PatternRegex.Instruction) { program.append(instruction) }

    private func instruction(_ atom: RegexPiece.Atom) -> PatternRegex.Instruction {
        switch atom {
        case .set(let set): .take(set)
        case .start: .start
        case .end: .end
        }
    }
}
