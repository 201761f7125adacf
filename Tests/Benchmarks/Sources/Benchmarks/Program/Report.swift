internal import FoundationEssentials
private import Glibc

/// What goes to standard output: a table for people, line by line as it is known, or one JSON array at the end.
struct Report<Row: Encodable> {
    private let columns: [Column<Row>]
    private let json: Bool
    private var rows: [Row] = []

    init(json: Bool, columns: [Column<Row>]) {
        self.columns = columns
        self.json = json
    }

    mutating func add(_ row: Row) {
        rows.append(row)
        guard !json else { return }
        if rows.count == 1 { StandardStreams.put(line(columns.map(\.title))) }
        StandardStreams.put(line(columns.map { $0.text(row) }))
    }

    func finish() throws {
        guard json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        StandardStreams.put(String(decoding: try encoder.encode(rows), as: UTF8.self))
    }

    /// The first column to the left, the others to the right.
    private func line(_ cells: [String]) -> String {
        zip(cells, columns).enumerated().map { index, pair in
            let (cell, column) = pair
            let space = String(repeating: " ", count: max(0, column.width - cell.count))
            return index == 0 ? cell + space : space + cell
        }.joined(separator: "  ")
    }
}

struct Column<Row> {
    let title: String
    let width: Int
    let text: (Row) -> String

    init(_ title: String, width: Int = 0, _ text: @escaping (Row) -> String) {
        self.title = title
        self.width = max(width, title.count)
        self.text = text
    }
}

enum StandardStreams {
    /// A line of data.
    static func put(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// A line about what happens. Nobody is left to tell when that fails.
    static func tell(_ line: String) {
        var line = line + "\n"
        line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension Double {
    func rounded(toPlaces places: Int) -> Double {
        let unit = (0..<places).reduce(1.0) { unit, _ in unit * 10 }
        return (self * unit).rounded() / unit
    }

    /// With so many digits behind the point.
    func text(places: Int) -> String {
        let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
        let scaled = Int((magnitude * Double(unit)).rounded())
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + String(scaled) }
        return sign + "\(scaled / unit)." + LogTime.padded(scaled % unit, places)
    }
}
