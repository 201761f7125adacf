internal import FoundationEssentials
private import Glibc

/// A directory of one's own below `TMPDIR`, with all that is in it removed at the end.
final class ScratchDirectory {
    let path: String

    init() throws(BenchmarkFailure) {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/tailrace-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw BenchmarkFailure("\(parent): \(String(cString: strerror(errno)))")
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            StandardStreams.tell("bench: \(path) is left behind: \(error)")
        }
    }
}
