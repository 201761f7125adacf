private import CScan

/// Inflates gzip payloads, one after another.
///
/// Deflate is inflated raw and the gzip wrapping is read here, so that each way to be wrong has its own reason. What
/// `QuickInflate` does not bring to a good end is zlib's to judge, from the member's beginning.
final class Inflater {
    enum Outcome {
        case complete
        /// The text is longer than the limit.
        case outgrown
    }

    /// What one member came to, and where the next byte of the payload is.
    private enum MemberOutcome {
        case ended(next: Int)
        case outgrown
    }

    /// What inflates, with its version, and what judges when it does not: `libdeflate 1.14, zlib 1.2.13`.
    static var name: String { [QuickInflate.name, ZlibInflate.name].compactMap(\.self).joined(separator: ", ") }

    private let pool: TextPool
    private let quick: QuickInflate
    private let zlib: ZlibInflate

    init(pool: TextPool) {
        self.pool = pool
        quick = QuickInflate(pool: pool)
        zlib = ZlibInflate(pool: pool)
    }

    /// Inflates all members of `payload`, which begins with the gzip magic, into `text`, whatever memory that has.
    ///
    /// `expecting` is a guess at the text's length.
    func inflate(
        _ payload: UnsafeRawBufferPointer, to text: inout Text, expecting expected: Int, limit: Int
    ) throws(Undecodable) -> Outcome {
        text.restart(expecting: min(expected, limit), from: pool)
        var next = 0
        repeat {
            switch try inflateMember(of: payload, from: next, to: &text, limit: limit) {
            case .ended(let end): next = end
            case .outgrown: return .outgrown
            }
        } while try hasMember(payload, at: next)
        return .complete
    }

    /// Whether another member begins at `next`. Zeros up to the payload's end are padding.
    private func hasMember(_ payload: UnsafeRawBufferPointer, at next: Int) throws(Undecodable) -> Bool {
        let rest = payload[next...]
        if GzipHeader.isMagic(payload, at: next) { return true }
        if rest.elementsEqual(GzipHeader.magic.prefix(1)) { throw .truncated(payload, in: "the gzip header") }
        guard let other = rest.firstIndex(where: { $0 != 0 }) else { return false }
        throw Undecodable(.trailingBytes, "byte \(other): neither another gzip member nor zero padding")
    }

    private func inflateMember(
        of payload: UnsafeRawBufferPointer, from start: Int, to text: inout Text, limit: Int
    ) throws(Undecodable) -> MemberOutcome {
        let data = try GzipHeader.end(in: payload, from: start)
        let textStart = text.count
        if let end = quick.inflate(payload, from: data, to: &text, limit: limit),
            fault(of: payload, at: end, of: text.memory[textStart..<text.count]) == nil
        {
            return .ended(next: end + GzipHeader.trailerBytes)
        }
        text.count = textStart
        guard let end = try zlib.inflate(payload, from: data, to: &text, limit: limit) else { return .outgrown }
        if let fault = fault(of: payload, at: end, of: text.memory[textStart..<text.count]) { throw fault }
        return .ended(next: end + GzipHeader.trailerBytes)
    }

    /// What is wrong with the trailer at `end`, behind the deflate data that stands for `text`.
    private func fault(
        of payload: UnsafeRawBufferPointer, at end: Int, of text: Slice<TextBuffer.Memory>
    ) -> Undecodable? {
        guard end + GzipHeader.trailerBytes <= payload.count else { return .truncated(payload, in: "the gzip trailer") }
        let member = UnsafeRawBufferPointer(UnsafeMutableRawBufferPointer(rebasing: text))
        guard cscan_crc32(0, member.baseAddress, member.count) == payload.littleEndian32(at: end) else {
            return Undecodable(.badChecksum, "byte \(end): the CRC-32 does not match the text")
        }
        guard UInt32(truncatingIfNeeded: member.count) == payload.littleEndian32(at: end + 4) else {
            return Undecodable(.badChecksum, "byte \(end + 4): the length does not match the text")
        }
        return nil
    }
}
