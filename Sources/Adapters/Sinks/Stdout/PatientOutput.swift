internal import Glibc

/// A descriptor that others may have made non-blocking or not, written without ever being stuck in a write.
struct PatientOutput {
    enum Outcome {
        case wrote(Int)
        /// There was no room for a while.
        case full
        case closed(SystemError)
        /// May pass: a full disk.
        case failed(SystemError)
    }

    /// How long one look waits for room; a cancellation is seen that much later.
    private static let waitMilliseconds: Int32 = 100
    /// A pipe that poll(2) calls writable takes this much at once. `PIPE_BUF`, pipe(7)
    private static let pipeBytes = 4096
    private static let nonBlockingBytes = 65_536

    let descriptor: Int32
    /// How much may be written at once. A blocking pipe or terminal gets only what fits for sure.
    let chunkBytesMax: Int

    init(descriptor: Int32) {
        self.descriptor = descriptor
        var status = stat()
        let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        let flags = fcntl(descriptor, F_GETFL)
        let isNonBlocking = flags != -1 && flags & O_NONBLOCK != 0
        chunkBytesMax = isRegular || isNonBlocking ? Self.nonBlockingBytes : Self.pipeBytes
    }

    func write(_ bytes: ArraySlice<UInt8>) -> Outcome {
        do throws(SystemError) {
            var watch = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let ready = try system("wait for standard output") { poll(&watch, 1, Self.waitMilliseconds) }
            return ready > 0 ? .wrote(try writeNow(bytes)) : .full
        } catch {
            return Self.meaning(of: error)
        }
    }

    private func writeNow(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
        try system("write to standard output") {
            bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        }
    }

    private static func meaning(of error: SystemError) -> Outcome {
        switch error.code {
        case EAGAIN: .full
        case ENOSPC, EDQUOT, ENOBUFS, ENOMEM, EFBIG: .failed(error)
        default: .closed(error)  // the reader has gone (EPIPE), or the terminal (EIO), or it never was open (EBADF)
        }
    }
}
