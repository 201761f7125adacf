import Foundation
import Testing

/// What the compiler does not check of how this house is built.
@Suite struct HouseTests {
    /// Which of our own modules each may import: only what stands below it.
    private static let mayImport: [String: Set<String>] = [
        "Locking": [],
        "Core": ["CZlib", "CLibdeflate", "CScan"],
        "Signing": ["COpenSSL", "Locking"],
        "HTTPClient": ["CCurl", "Locking"],
        "FilterPatterns": [],
        "AWS": ["Core", "Signing", "HTTPClient"],
        "Pipeline": ["Core", "Locking"],
        "Settings": ["Core"],
        "Adapters": ["Pipeline", "Core", "AWS", "Locking"],
        "Admin": ["Pipeline", "Core"],
        "Setup": ["AWS", "Settings", "Core", "FilterPatterns"],
        // Shares no parser with AWS or Core, so that two readings of AWS's documents check each other.
        "Emulator": ["Signing", "FilterPatterns", "CZlib"],
        "tailrace": [
            "Adapters", "Admin", "Setup", "Emulator", "FilterPatterns", "Pipeline", "AWS", "Settings", "Core",
            "Signing",
            "HTTPClient",
            "Locking", "CMalloc",
        ],
    ]

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func swiftFiles(below directory: String) throws -> [(path: String, text: String)] {
        let url = root.appending(path: directory)
        let names = try #require(FileManager.default.enumerator(atPath: url.path))
        return try names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.map { name in
            ("\(directory)/\(name)", try String(contentsOf: url.appending(path: name), encoding: .utf8))
        }
    }

    @Test(arguments: mayImport.keys.sorted()) func importsOnlyPointDown(target: String) throws {
        let ours = Set(Self.mayImport.keys).union(["CZlib", "CLibdeflate", "CScan", "COpenSSL", "CCurl", "CMalloc"])
        let files = try Self.swiftFiles(below: "Sources/\(target)")
        #expect(!files.isEmpty)
        for (path, text) in files {
            let imports = text.split(separator: "\n").compactMap { line -> String? in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 1, place + 1 < words.count else {
                    return nil
                }
                return String(words[place + 1])
            }
            let forbidden = Set(imports).intersection(ours).subtracting(Self.mayImport[target] ?? [])
            #expect(forbidden == [], "\(path)")
        }
    }

    @Test func everyTargetHasItsPlace() throws {
        let targets = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        #expect(Set(targets.filter { !$0.hasPrefix("C") || $0 == "Core" }) == Set(Self.mayImport.keys))
    }

    /// A decision needs no clock, no chance and no task: whoever asks for it brings them.
    @Test func coreDecidesAndDoesNothing() throws {
        let deeds = ["Task {", "Task.sleep", "async ", "ContinuousClock", "Date()", ".random(", "socket(", "open("]
        for (path, text) in try Self.swiftFiles(below: "Sources/Core") {
            for deed in deeds { #expect(!text.contains(deed), "\(path) has \(deed)") }
        }
    }

    @Test func namesSayWhatAThingIs() throws {
        let vague = /(class|struct|enum|actor|protocol) \w*(Manager|Helper|Util|Utils|Impl|Info)\b/
        for directory in ["Sources", "Tests"] {
            for (path, text) in try Self.swiftFiles(below: directory) {
                #expect(text.firstMatch(of: vague) == nil, "\(path)")
            }
        }
    }
}
