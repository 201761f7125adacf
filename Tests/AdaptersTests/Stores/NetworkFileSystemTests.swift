import Testing

@testable import Adapters

@Suite struct NetworkFileSystemTests {
    private static let mounts = #"""
        22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
        40 22 0:35 / /srv/nfs rw,relatime shared:2 master:3 - nfs4 server:/x rw,vers=4.2
        41 22 0:36 / /srv/nfs/local rw - xfs /dev/vdb rw
        42 22 0:37 / /srv/with\040space rw - cifs //server/x rw
        43 22 0:38 / /data rw - fuse.sshfs host:/ rw
        44 22 0:39 / /over rw - nfs server:/y rw
        45 44 0:40 / /over rw - tmpfs tmpfs rw
        not a mount
        """#

    @Test(
        arguments: [
            ("/var/lib/tailrace", nil), ("/srv/nfs", "nfs4"), ("/srv/nfs/a/b", "nfs4"), ("/srv/nfsx", nil),
            ("/srv/nfs/local/a", nil), ("/srv/with space/a", "cifs"), ("/data/a", "fuse.sshfs"), ("/over/a", nil),
        ] as [(String, String?)])
    func theInnermostMountDecides(path: String, type: String?) {
        #expect(NetworkFileSystem.type(holding: path, mounts: Self.mounts) == type)
    }

    @Test func thisMachinesMountsAreRead() { #expect(NetworkFileSystem.mounts().contains(" / ")) }
}
