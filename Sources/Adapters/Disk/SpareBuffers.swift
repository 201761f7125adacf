/// Buffers that were written out, for the files that are appended to next.
///
/// A file keeps none of its own: there may be thousands, and each would keep the largest it ever needed.
struct SpareBuffers {
    private let bytesMax: Int
    private var buffers: [[UInt8]] = []
    /// What the kept ones occupy.
    private(set) var bytes = 0

    /// - Parameter bytesMax: What may be kept. The rest goes back to the system.
    init(bytesMax: Int) { self.bytesMax = bytesMax }

    /// An empty buffer: the one kept last, whose memory is the likeliest to be near, or one without memory.
    mutating func take() -> [UInt8] {
        let buffer = buffers.popLast() ?? []
        bytes -= buffer.capacity
        return buffer
    }

    mutating func keep(_ buffer: consuming [UInt8]) {
        buffer.removeAll(keepingCapacity: true)
        guard buffer.capacity > 0, bytes + buffer.capacity <= bytesMax else { return }
        bytes += buffer.capacity
        buffers.append(buffer)
    }
}
