import Foundation
import Testing

/// What lies in `config/` is what set-up says, byte by byte.
///
/// With TAILRACE_WRITE_CONFIG=1 the files are written and not compared: this is how they are made anew.
@Suite struct ConfigFilesTests {
    private static let writes = ProcessInfo.processInfo.environment[ConfigFiles.writeVariable] == "1"

    @Test func filesAreWhatSetUpSays() throws {
        for (path, text) in try ConfigFiles.all() {
            let url = ConfigFiles.url(path)
            if Self.writes {
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            } else {
                let found = try String(contentsOf: url, encoding: .utf8)
                #expect(found == text, "\(path): run this test with \(ConfigFiles.writeVariable)=1 to write it anew")
            }
        }
    }

    /// A file that nothing makes any more would stay as it is for ever.
    @Test(.disabled(if: writes)) func nothingElseLiesBesideThem() throws {
        let made = Set(try ConfigFiles.all().map(\.path))
        for folder in ["policies", "cloudformation", "terraform/recipient", "terraform/sender"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: ConfigFiles.url(folder).path)
            // What Terraform leaves where it was run is not ours to judge.
            let files = names.filter { !$0.hasPrefix(".terraform") && !$0.hasPrefix("terraform.tfstate") }
            #expect(Set(files.map { "\(folder)/\($0)" }).isSubset(of: made))
        }
    }
}
