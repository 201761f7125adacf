private import Glibc

/// Reads a file, or standard input, from its beginning to its end.
enum WholeFile {
    /// The name that stands for standard input.
    static let standardInput = "-"

    enum ReadFailure: Error, Equatable {
        case system(SystemFault)
        case tooLong(bytesMax: Int)
    }

    /// How much is asked of the system at once: four times what a pipe holds.
    private static let pieceBytes = 256 << 10

    /// - Parameter bytesMax: A longer file is refused, since all of it is held in memory.
    static func bytes(of path: String, bytesMax: Int) throws(ReadFailure) -> [UInt8] {
        guard path != standardInput else { return try bytes(from: STDIN_FILENO, bytesMax: bytesMax) }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .system(SystemFault(errno)) }
        defer { close(file) }
        return try bytes(from: file, bytesMax: bytesMax)
    }

    private static func bytes(from file: Int32, bytesMax: Int) throws(ReadFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var status = stat()
        if fstat(file, &status) == 0 { bytes.reserveCapacity(min(Int(status.st_size), bytesMax)) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = read(file, piece.baseAddress, piece.count)
            switch count {
            case 0: return bytes
            case 1...:
                guard bytes.count + count <= bytesMax else { throw .tooLong(bytesMax: bytesMax) }
                bytes.append(contentsOf: piece[..<count])
            default:
                guard errno == EINTR else { throw .system(SystemFault(errno)) }
            }
        }
    }
}

extension WholeFile.ReadFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .system(let fault): "\(fault)"
        case .tooLong(let bytesMax): "longer than \(bytesMax) bytes"
        }
    }
}
