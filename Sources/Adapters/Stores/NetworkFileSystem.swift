private import Glibc

/// File systems whose locks and syncs pass through a network or another program, so that SQLite cannot rely on them.
///
/// https://www.sqlite.org/howtocorrupt.html#_filesystems_with_broken_or_missing_lock_implementations
enum NetworkFileSystem {
    /// As `/proc/self/mountinfo` names them.
    private static let types: Set<Substring> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "coda", "fuse", "fuseblk", "gfs2", "glusterfs",
        "gpfs",
        "lustre", "ncpfs", "ocfs2", "virtiofs",
    ]

    /// The type of the network file system that holds `path` (absolute, links resolved); `nil` when it is a local one.
    static func type(holding path: String, mounts: String) -> String? {
        var holder: (point: String, type: Substring)?
        for line in mounts.split(separator: "\n") {
            guard let mount = mount(line), contains(mount.point, path) else { continue }
            // Of two at one place, the later one lies on top.
            if mount.point.utf8.count >= holder?.point.utf8.count ?? 0 { holder = mount }
        }
        guard let type = holder?.type, types.contains(type) || type.hasPrefix("fuse.") else { return nil }
        return String(type)
    }

    /// `36 35 98:0 / /mnt rw,noatime master:1 - ext4 /dev/root rw`: the fifth field, and the first after the dash.
    /// https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
    private static func mount(_ line: Substring) -> (point: String, type: Substring)? {
        let fields = line.split(separator: " ")
        guard fields.count > 6, let dash = fields[6...].firstIndex(of: "-"), dash + 1 < fields.count else { return nil }
        return (unescaped(fields[4]), fields[dash + 1])
    }

    private static func contains(_ point: String, _ path: String) -> Bool {
        point == "/" || path == point || path.hasPrefix(point + "/")
    }

    /// Space, tab, newline and backslash stand as `\040` and the like.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Substring(field).utf8
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let value = UInt8(String(Substring(digits)), radix: 8) {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The mounts that this process sees; empty where `/proc` is not mounted.
    static func mounts() -> String {
        guard let file = fopen("/proc/self/mountinfo", "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
