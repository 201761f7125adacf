internal import Glibc

/// Why systemd could not be told.
enum NotifyFailure: Error, Equatable {
    /// Neither a path nor an abstract name, or longer than a socket's address may be.
    case address
    case system(SystemFault)
}

extension NotifyFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .address: "not the address of a local socket"
        case .system(let fault): "\(fault)"
        }
    }
}

/// One message to a local socket.
enum Datagram {
    /// `address` is an absolute path, or `@` and a name in the abstract namespace.
    static func send(_ bytes: [UInt8], to address: String) throws(NotifyFailure) {
        guard let (name, length) = socketAddress(address) else { throw .address }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(SystemFault(errno)) }
        defer { close(descriptor) }
        let sent = withUnsafePointer(to: name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        guard sent == bytes.count else { throw .system(SystemFault(errno)) }
    }

    /// With the length that counts: an abstract name has no zero at its end, and every byte of it matters.
    static func socketAddress(_ address: String) -> (sockaddr_un, socklen_t)? {
        var name = Array(address.utf8)
        guard let first = name.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@") else { return nil }
        if first == UInt8(ascii: "@") { name[0] = 0 } else { name.append(0) }
        var result = sockaddr_un()
        result.sun_family = sa_family_t(AF_UNIX)
        guard name.count <= MemoryLayout.size(ofValue: result.sun_path), !name.dropFirst().dropLast().contains(0) else {
            return nil
        }
        withUnsafeMutableBytes(of: &result.sun_path) { $0.copyBytes(from: name) }
        let head = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: result.sun_path)
        return (result, socklen_t(head + name.count))
    }
}
