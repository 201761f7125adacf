import Hummingbird
import NIOCore

/// Bytes that are only ever appended, given out as slices without a copy, and let go of from the front.
struct ByteLog: Sendable {
    /// A piece is closed when it is this large. Small, because an open one is copied when it is appended to while a reader
    /// still holds a slice of it.
    private static let segmentBytes = 512 * 1024

    private struct Segment {
        /// Counted from the first byte the log ever held.
        let start: Int
        var bytes: ByteBuffer

        var end: Int { start + bytes.readableBytes }
    }

    private var segments: [Segment] = []
    /// How many bytes there were ever.
    private(set) var end = 0

    /// Adds all of `pieces` to one segment.
    mutating func append(_ pieces: ByteBuffer...) {
        let size = pieces.reduce(0) { $0 + $1.readableBytes }
        if segments.last.map({ $0.bytes.readableBytes + size > Self.segmentBytes }) ?? true {
            segments.append(Segment(start: end, bytes: ByteBuffer()))
        }
        for piece in pieces { segments[segments.count - 1].bytes.writeImmutableBuffer(piece) }
        end += size
    }

    /// Lets go of whole segments that end at `place` or before. Returns where the first byte still held is; `nil` when
    /// nothing went.
    mutating func forget(before place: Int) -> Int? {
        let droppable = segments.prefix { $0.end <= place }
        guard let cut = droppable.last?.end else { return nil }
        segments.removeFirst(droppable.count)
        return cut
    }

    func slices(_ range: Range<Int>) -> [ByteBuffer] {
        let first = segments.partitioningIndex { $0.end > range.lowerBound }
        return segments[first...].prefix { $0.start < range.upperBound }.compactMap { segment in
            let part = range.clamped(to: segment.start..<segment.end)
            return segment.bytes.getSlice(
                at: segment.bytes.readerIndex + part.lowerBound - segment.start, length: part.count)
        }
    }
}
