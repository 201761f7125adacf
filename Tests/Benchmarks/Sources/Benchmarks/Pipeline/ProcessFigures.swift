internal import FoundationEssentials
internal import Glibc

/// What the system tells of a process that runs. See proc(5).
struct ProcessFigures {
    private let pid: pid_t

    init(_ pid: pid_t) { self.pid = pid }

    /// User and system time of all its threads so far, in steps of a clock tick.
    func cpuSeconds() throws -> Double {
        let text = try text("stat")
        // The name before the bracket may have blanks; after it come the third field and all others.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ").dropFirst()
        guard fields.count > 12, let user = Double(Array(fields)[11]), let system = Double(Array(fields)[12]) else {
            throw BenchmarkFailure("/proc/\(pid)/stat: '\(text)'")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The most memory it ever had resident.
    func peakResidentBytes() throws -> Int {
        for line in try text("status").split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            if words.count == 3, let kilobytes = Int(words[1]) { return kilobytes * 1024 }
        }
        throw BenchmarkFailure("/proc/\(pid)/status has no VmHWM")
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOfFile: "/proc/\(pid)/\(file)", encoding: .utf8)
    }
}
