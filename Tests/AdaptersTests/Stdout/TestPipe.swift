import Glibc
import Testing

/// A pipe whose reader a test plays.
final class TestPipe: Sendable {
    let writeEnd: Int32
    private let readEnd: Int32

    init(nonBlocking: Bool = false) throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        readEnd = ends[0]
        writeEnd = ends[1]
        _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
        if nonBlocking { _ = fcntl(writeEnd, F_SETFL, O_NONBLOCK) }
    }

    deinit {
        close(writeEnd)
        close(readEnd)
    }

    /// Puts something else in its place, so that no other test's descriptor gets the number while this one lives.
    func closeReadEnd() {
        let null = open("/dev/null", O_RDONLY)
        dup2(null, readEnd)
        close(null)
    }

    /// All that is in the pipe.
    func readNow() -> String {
        var bytes: [UInt8] = []
        while let piece = readPiece() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// So many lines, a small piece at a time.
    func readSlowly(lines count: Int) async -> [String] {
        var bytes: [UInt8] = []
        var lines = 0
        while lines < count {
            if let piece = readPiece() {
                bytes += piece
                lines += piece.count { $0 == UInt8(ascii: "\n") }
            }
            await Task.yield()
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func waitUntilFull() async {
        while true {
            var watch = pollfd(fd: writeEnd, events: Int16(POLLOUT), revents: 0)
            if poll(&watch, 1, 0) == 0 { return }
            await Task.yield()
        }
    }

    private func readPiece() -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 3000)
        let count = read(readEnd, &piece, piece.count)
        return count > 0 ? Array(piece[..<count]) : nil
    }
}
