import Glibc
import Testing

/// A pipe to a program's standard output, read at the test's pace.
final class Pipe: Sendable {
    /// A page, the least a pipe can hold. pipe(7)
    static let capacity = 4096

    private let reader: Int32
    /// For the program; the test's own copy is closed with `started`.
    let writer: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        (reader, writer) = (ends[0], ends[1])
        try #require(fcntl(reader, Self.setSize, Int32(Self.capacity)) == Int32(Self.capacity))
        try #require(fcntl(reader, F_SETFL, O_NONBLOCK) == 0)
    }

    /// The program has its copy of the writing end, so that its end is the pipe's end.
    func started() { Glibc.close(writer) }

    func close() { Glibc.close(reader) }

    /// How many bytes wait to be read.
    var waiting: Int {
        var count: Int32 = 0
        return ioctl(reader, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }

    /// What can be read now, up to `limit` bytes; `nil` at the end.
    func read(atMost limit: Int = 65_536) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(reader, &bytes, limit)
        if count == 0 { return nil }
        return count < 0 ? [] : Array(bytes[..<count])
    }

    /// `F_SETPIPE_SZ`, which Glibc's module leaves out.
    private static let setSize: Int32 = 1031
}
