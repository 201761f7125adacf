internal import Glibc

/// A system call that failed, and what it was for.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Completes "cannot …", as in `open /var/log/tailrace/a.ndjson`.
    package let attempt: String
    /// The call's `errno`.
    package let code: Int32

    package init(attempt: String, code: Int32) {
        self.attempt = attempt
        self.code = code
    }

    package var description: String { "cannot \(attempt): \(String(cString: strerror(code)))" }
}

/// Makes a system call that answers -1 when it fails, again if a signal interrupted it.
@discardableResult
func system<Result: FixedWidthInteger & SignedInteger>(
    _ attempt: @autoclosure () -> String, _ call: () -> Result
) throws(SystemError) -> Result {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = errno
        if code != EINTR { throw SystemError(attempt: attempt(), code: code) }
    }
}

/// An open file, closed with the last reference.
final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { _ = close(number) }  // data that must last was synced before; close has nothing to add
}
