import Foundation
import Testing

@testable import Adapters

/// Whose files lie in a directory is known as long as that program's store is there, whether it runs or not.
@Suite struct DirectoryOwnerTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
        try FileManager.default.createDirectory(
            atPath: scratch.below("files"), withIntermediateDirectories: true)
    }

    private var directory: String { scratch.below("files") }

    private func owner(_ kind: DirectoryOwner.Kind, _ store: String) throws -> DirectoryOwner {
        try ScratchDirectory.write("", to: scratch.below(store))
        return try DirectoryOwner(kind, store: scratch.below(store))
    }

    @Test func nobodyOwnsANewDirectory() throws {
        #expect(DirectoryOwner.owner(of: directory) == nil)
        #expect(DirectoryOwner.owner(of: scratch.below("nowhere")) == nil)
    }

    @Test func theLastToClaimItIsTheOwner() throws {
        let (daemon, replay) = (try owner(.daemon, "state.db"), try owner(.replay, "replay.db"))
        try daemon.claim(directory)
        #expect(DirectoryOwner.owner(of: directory) == daemon)
        try replay.claim(directory)
        try replay.claim(directory)
        #expect(DirectoryOwner.owner(of: directory) == replay)
        try daemon.release(directory)
        #expect(DirectoryOwner.owner(of: directory) == replay, "it is not the daemon's")
        try replay.release(directory)
        #expect(DirectoryOwner.owner(of: directory) == nil)
    }

    @Test func anOwnerWhoseStoreIsGoneIsNone() throws {
        try owner(.replay, "replay.db").claim(directory)
        try FileManager.default.removeItem(atPath: scratch.below("replay.db"))
        #expect(DirectoryOwner.owner(of: directory) == nil)
    }

    @Test func storesAreComparedWithLinksResolved() throws {
        let daemon = try owner(.daemon, "state.db")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.below("link.db"), withDestinationPath: scratch.below("state.db"))
        #expect(try DirectoryOwner(.daemon, store: scratch.below("link.db")) == daemon)
    }

    @Test(arguments: ["", "daemon\n", "owner\n/etc/passwd\n", "daemon\n/nowhere/at/all\n", "\u{0}"])
    func aNoteThatMakesNoSenseIsNone(text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(DirectoryOwner.fileName)"))
        #expect(DirectoryOwner.owner(of: directory) == nil)
    }
}
