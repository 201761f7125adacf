internal import Core
private import Glibc

/// A file of exported checkpoints, or standard input.
enum ExportFile {
    /// A checkpoint is some 200 bytes, and no stream has 100,000 shards.
    private static let bytesMax = 32 << 20

    /// Throws a `CommandFailure` that names the file.
    static func read(_ path: String) throws -> CheckpointExport {
        let export: CheckpointExport
        do {
            export = try CheckpointExport(json: WholeFile.bytes(of: path, bytesMax: bytesMax))
        } catch {
            throw CommandFailure(.failed, "cannot read checkpoints from \(path): \(error)")
        }
        guard !export.shards.isEmpty else { throw CommandFailure(.failed, "\(path) holds no checkpoint") }
        return export
    }

    /// Writes a file whole or not at all; what is no file, a terminal for instance, is written to. Throws a `CommandFailure` that names it.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if isNoFile(path) { return try append(bytes, to: path) }
        let unfinished = "\(path).\(getpid())"
        let file = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        let isWritten = file >= 0 && writeAll(bytes, to: file) && fsync(file) == 0 && rename(unfinished, path) == 0
        let fault = SystemFault(errno)
        guard file >= 0 else { throw CommandFailure(.failed, "cannot write \(path): \(fault)") }
        close(file)
        guard isWritten else {
            unlink(unfinished)
            throw CommandFailure(.failed, "cannot write \(path): \(fault)")
        }
    }

    private static func isNoFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    private static func append(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        let isWritten = file >= 0 && writeAll(bytes, to: file)
        let fault = SystemFault(errno)
        if file >= 0 { close(file) }
        guard isWritten else { throw CommandFailure(.failed, "cannot write \(path): \(fault)") }
    }

    /// `false`, and `errno` says why, when not all of it could be written.
    private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }
}

extension CheckpointExport {
    /// Whether these are of that stream: a sequence number is a place in its own stream and nowhere else.
    func isOf(arn: String) -> Bool { stream == arn || arn.hasSuffix(":stream/" + stream) }
}
