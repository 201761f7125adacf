import Foundation

/// A POSIX shell that finds what a test puts before it.
struct Shell {
    struct Ended: Hashable {
        let status: Int32
        let output: Data
        let errors: String
    }

    private let directory: URL

    /// With an empty directory first on its PATH, which `remove()` deletes.
    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "setup-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func remove() throws { try FileManager.default.removeItem(at: directory) }

    /// Puts a program of that name there.
    func install(_ name: String, _ text: String) throws {
        let file = directory.appending(path: name)
        try Data("#!/bin/sh\n\(text)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    /// Runs a script that is given as a file.
    func run(_ script: String, options: [String] = []) throws -> Ended {
        let (file, errors) = (directory.appending(path: "script"), directory.appending(path: "errors"))
        try Data(script.utf8).write(to: file)
        try Data().write(to: errors)
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = options + [file.path]
        process.environment = ["PATH": "\(directory.path):/usr/bin:/bin", "TMPDIR": directory.path]
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Ended(
            status: process.terminationStatus, output: data,
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    func text(of name: String) throws -> String {
        String(decoding: try Data(contentsOf: directory.appending(path: name)), as: UTF8.self)
    }

    /// What the programs of a test left behind there.
    func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() }
}
