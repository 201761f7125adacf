import Foundation
private import Setup

/// Sets both accounts up as anybody would: by this very program's `setup`.
struct DemoSetup {
    /// The account's environment, and what `tailrace` is told in it.
    struct Step {
        let environment: [String: String]
        let arguments: [String]
    }

    let steps: [Step]

    /// In the order of AWS's own guide. Shows each command and what it says.
    func run() throws {
        for step in steps {
            let words = (["tailrace"] + step.arguments).map(ShellText.quoted).joined(separator: " ")
            StandardStream.tell("$ \(words)")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments = step.arguments
            process.environment = step.environment
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.standardError
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw CommandFailure(.failed, "set-up ended with \(process.terminationStatus)")
            }
        }
    }
}
