private import Glibc

/// What a system call says went wrong.
struct SystemFault: Error, Hashable {
    /// As in `errno`.
    let code: Int32

    init(_ code: Int32) { self.code = code }
}

extension SystemFault: CustomStringConvertible {
    /// The system's own words: `No such file or directory`.
    var description: String { strerror(code).map { String(cString: $0) } ?? "error \(code)" }
}
