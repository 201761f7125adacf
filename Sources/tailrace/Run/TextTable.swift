/// Columns aligned with spaces, one line a row, below a line with the columns' names.
struct TextTable {
    enum Side { case left, right }

    private let lines: [[String]]
    private let sides: [Side]

    /// - Parameters:
    ///   - rows: as many cells each as `head` has, with nothing in them that moves a cursor.
    ///   - sides: where the cells of each column stand; to the left where none is said.
    init(_ head: [String], rows: [[String]], sides: [Side] = []) {
        precondition(rows.allSatisfy { $0.count == head.count }, "every row has all cells")
        lines = [head] + rows
        self.sides = sides + Array(repeating: .left, count: max(0, head.count - sides.count))
    }

    /// A newline at the end of every line, and no spaces before it.
    var text: String {
        let widths = sides.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { cells in
            let padded = cells.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - cells[column].count)
                return sides[column] == .left ? cells[column] + space : space + cells[column]
            }
            let line = padded.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}
