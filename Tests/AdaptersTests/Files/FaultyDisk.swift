import Adapters
import Glibc
import Locking
import Pipeline

/// Real calls, each of which may be told to fail.
final class FaultyDisk: Sendable {
    enum Fault: Sendable {
        /// The call does nothing and fails.
        case fail(Int32)
        /// The call writes this many bytes and says so.
        case short(Int)
        /// The call writes this many bytes and then fails.
        case torn(Int, Int32)
    }

    private struct State {
        var writes: [Fault] = []
        var syncs: [Fault] = []
        var synced: [String: Int] = [:]
        var uncached: [Range<Int>] = []
    }

    private let state = Locked(State())

    /// For the next writes, one each.
    func failWrites(_ faults: Fault...) { state.withLock { $0.writes += faults } }
    func failSyncs(_ faults: Fault...) { state.withLock { $0.syncs += faults } }

    /// How much of each file was made durable, by path.
    var synced: [String: Int] { state.withLock { $0.synced } }

    /// What left the page cache, call by call.
    var uncached: [Range<Int>] { state.withLock { $0.uncached } }

    var calls: DiskCalls {
        var calls = DiskCalls(
            write: { (file, bytes, offset) throws(SystemError) in
                let fault = self.state.withLock { $0.writes.isEmpty ? nil : $0.writes.removeFirst() }
                switch fault {
                case nil: return try DiskCalls.system.write(file, bytes, offset)
                case .fail(let code): throw SystemError(attempt: "write", code: code)
                case .short(let count):
                    return try DiskCalls.system.write(file, .init(rebasing: bytes.prefix(count)), offset)
                case .torn(let count, let code):
                    _ = try DiskCalls.system.write(file, .init(rebasing: bytes.prefix(count)), offset)
                    throw SystemError(attempt: "write", code: code)
                }
            },
            sync: { (file) throws(SystemError) in
                let fault = self.state.withLock { $0.syncs.isEmpty ? nil : $0.syncs.removeFirst() }
                if case .fail(let code) = fault { throw SystemError(attempt: "make data durable", code: code) }
                try DiskCalls.system.sync(file)
                var status = stat()
                fstat(file, &status)
                let length = Int(status.st_size)
                self.state.withLock { $0.synced[Self.path(of: file)] = length }
            })
        calls.uncache = { _, range in self.state.withLock { $0.uncached.append(range) } }
        return calls
    }

    static func path(of file: Int32) -> String {
        var name = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/fd/\(file)", &name, name.count)
        return String(decoding: name.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
