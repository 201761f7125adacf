/// Puts a path together from a template's characters and from values that are not to be trusted.
struct PathEncoder {
    private let fileExtension: [UInt8]
    private var parts: [[UInt8]] = [[]]

    init(fileExtension: String) { self.fileExtension = Array(fileExtension.utf8) }

    mutating func beginPart() { parts.append([]) }

    mutating func append(literal scalar: Unicode.Scalar) {
        add(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    }

    /// Stays within one part, whatever it contains.
    mutating func append(value: String) { append(encoded: Array(value.utf8)[...]) }

    /// Each `/` begins a part. The leading one, which nearly every log group has, is left out; its absence is marked.
    mutating func append(directories name: String) {
        var bytes = Array(name.utf8)[...]
        if bytes.first == slash { bytes = bytes.dropFirst() } else { add(UInt8(ascii: "=")) }
        for (position, part) in bytes.split(separator: slash, omittingEmptySubsequences: false).enumerated() {
            if position > 0 { beginPart() }
            append(encoded: part)
        }
    }

    func finished() -> SafePath {
        var parts = parts.dropLast().map(directory)
        parts.append(file(self.parts.last ?? []))
        return SafePath(unchecked: joined(parts))
    }
}

// MARK: Characters

extension PathEncoder {
    private mutating func add(_ byte: UInt8) { parts[parts.count - 1].append(byte) }

    private mutating func add(contentsOf bytes: [UInt8]) { parts[parts.count - 1] += bytes }

    private mutating func append(encoded part: ArraySlice<UInt8>) {
        guard !part.isEmpty else { return add(contentsOf: Array("%_".utf8)) }
        for (index, byte) in zip(part.indices, part) {
            let isFirst = index == part.startIndex
            let isOuter = isFirst || index == part.endIndex - 1
            if Self.isPlain(byte, isFirst: isFirst, isOuter: isOuter) {
                add(byte)
            } else {
                add(contentsOf: Self.escaped(byte))
            }
        }
    }

    private static func isPlain(_ byte: UInt8, isFirst: Bool, isOuter: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "%"), slash: false
        case UInt8(ascii: "."): !isFirst  // hidden, and the way up
        case UInt8(ascii: "-"): !isFirst  // read as an option by whoever runs `gzip *` there
        case UInt8(ascii: "="): !isFirst  // our mark for a log group without leading slash
        case UInt8(ascii: " "): !isOuter
        case 0x21...0x7E: true
        default: false
        }
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

// MARK: Parts

extension PathEncoder {
    private func directory(_ part: [UInt8]) -> [UInt8] {
        guard part.count >= fileExtension.count, part.suffix(fileExtension.count).elementsEqual(fileExtension) else {
            return Self.cut(part, to: SafePath.partBytesMax, keeping: [])
        }
        let stem = part.dropLast(fileExtension.count) + Self.escaped(UInt8(ascii: "."))
        return Self.cut(stem + fileExtension.dropFirst(), to: SafePath.partBytesMax, keeping: [])
    }

    private func file(_ part: [UInt8]) -> [UInt8] { Self.cut(part, to: SafePath.partBytesMax, keeping: fileExtension) }

    /// Whole directories as far as there is room, then a file named for the hash of all.
    private func joined(_ parts: [[UInt8]]) -> String {
        let path = Array(parts.joined(separator: [slash]))
        guard path.count > SafePath.bytesMax else { return String(decoding: path, as: UTF8.self) }
        let name = Self.mark(path) + fileExtension
        var kept: [UInt8] = []
        for part in parts.dropLast() {
            guard kept.count + part.count + 1 + name.count <= SafePath.bytesMax else { break }
            kept += part + [slash]
        }
        return String(decoding: kept + name, as: UTF8.self)
    }

    private static func cut(_ part: [UInt8], to bytesMax: Int, keeping ending: [UInt8]) -> [UInt8] {
        guard part.count > bytesMax else { return part }
        let ending = mark(part) + ending
        var kept = part.prefix(bytesMax - ending.count)
        // Neither a character of the template nor an escape is split: only whole ones are cut off.
        if isContinuation(part[kept.endIndex]) {
            while let last = kept.last, isContinuation(last) { kept.removeLast() }
            kept.removeLast()
        }
        if let percent = kept.suffix(2).firstIndex(of: UInt8(ascii: "%")) { kept = kept[..<percent] }
        return kept + ending
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0b1100_0000 == 0b1000_0000 }

    private static func mark(_ whole: [UInt8]) -> [UInt8] { Array("%~\(StableHash(whole).hex)".utf8) }
}

private let slash = UInt8(ascii: "/")
