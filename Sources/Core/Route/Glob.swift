/// A pattern for names: `*` is any run of characters, `/` and none included; `?` is exactly one.
///
/// Names are compared byte for byte: case counts, and so does how an accent is composed. There is no escape, since
/// no log group or log stream of AWS's has a `*` in its name.
package struct Glob: Hashable, Sendable {
    package let pattern: String
    private let shape: Shape

    /// Most patterns are one of the first three, and those cost one comparison.
    private enum Shape: Hashable, Sendable {
        case anything
        case exactly([UInt8])
        case beginning([UInt8])
        case steps([Step])
    }

    private enum Step: Hashable, Sendable {
        case byte(UInt8)
        case oneCharacter
        case anyRun
    }

    /// `nil` for the empty pattern, which no name can match.
    package init?(_ pattern: String) {
        guard !pattern.isEmpty else { return nil }
        self.pattern = pattern
        shape = Self.shape(of: Self.steps(of: pattern))
    }

    package func matches(_ name: String) -> Bool {
        if let answer = name.utf8.withContiguousStorageIfAvailable(matches) { return answer }
        return Array(name.utf8).withUnsafeBufferPointer(matches)
    }

    private func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        switch shape {
        case .anything: true
        case .exactly(let bytes): name.count == bytes.count && Self.begins(name, bytes)
        case .beginning(let bytes): name.count >= bytes.count && Self.begins(name, bytes)
        case .steps(let steps): steps.withUnsafeBufferPointer { Self.matches(name, $0) }
        }
    }

    /// `name` is at least as long as `bytes`.
    private static func begins(_ name: UnsafeBufferPointer<UInt8>, _ bytes: [UInt8]) -> Bool {
        for index in bytes.indices where name[index] != bytes[index] { return false }
        return true
    }

    private static func steps(of pattern: String) -> [Step] {
        var steps: [Step] = []
        for byte in pattern.utf8 {
            switch byte {
            case UInt8(ascii: "*"): if steps.last != .anyRun { steps.append(.anyRun) }
            case UInt8(ascii: "?"): steps.append(.oneCharacter)
            default: steps.append(.byte(byte))
            }
        }
        return steps
    }

    private static func shape(of steps: [Step]) -> Shape {
        if steps == [.anyRun] { return .anything }
        let open = steps.last == .anyRun
        var bytes: [UInt8] = []
        for step in open ? steps.dropLast() : steps[...] {
            guard case .byte(let byte) = step else { return .steps(steps) }
            bytes.append(byte)
        }
        return open ? .beginning(bytes) : .exactly(bytes)
    }

    /// On a mismatch only the latest `*` takes one more character: earlier ones can stay as they are, so the work is at
    /// most name times pattern, whatever a sender calls its log group.
    private static func matches(_ name: UnsafeBufferPointer<UInt8>, _ steps: UnsafeBufferPointer<Step>) -> Bool {
        var (at, step) = (0, 0)
        var retry: (at: Int, step: Int)?
        while at < name.count {
            if step < steps.count, case .anyRun = steps[step] {
                step += 1
                retry = (at, step)
            } else if step < steps.count, let width = width(of: steps[step], in: name, at: at) {
                at += width
                step += 1
            } else if let last = retry {
                at = last.at + 1
                step = last.step
                retry = (at, step)
            } else {
                return false
            }
        }
        return steps[step...].allSatisfy { $0 == .anyRun }
    }

    /// How many bytes of `name` the step takes at `at`; `nil` when it does not match there.
    private static func width(of step: Step, in name: UnsafeBufferPointer<UInt8>, at: Int) -> Int? {
        switch step {
        case .byte(let byte): name[at] == byte ? 1 : nil
        case .oneCharacter: isContinuation(name[at]) ? nil : characterWidth(name, at)
        case .anyRun: nil
        }
    }

    private static func characterWidth(_ name: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        name[(at + 1)...].prefix(while: isContinuation).count + 1
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0b1100_0000 == 0b1000_0000 }
}

extension Glob: CustomStringConvertible {
    package var description: String { pattern }
}
