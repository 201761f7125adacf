private import Glibc

/// What the process was started with.
enum ProcessEnvironment {
    static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    static var process: Int32 { getpid() }
}
