// swift-tools-version: 6.2
import PackageDescription

// Two programs in which libFuzzer looks for a payload, and for a text, that the decoder judges wrongly: scripts/fuzz.
//
// A package of its own, since nobody else is to be built with a fuzzer's flags. Core and what judges it are not copied:
// they stand here as links to the one that is shipped and to the tests that share them.

/// Counts what a run comes through, which is how libFuzzer knows that an input is new, and watches memory.
let watched = "-sanitize=fuzzer,address"

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags([watched]),
]
/// Without top-level code, since libFuzzer decides when what happens.
let program = strict + [.unsafeFlags(["-parse-as-library"])]
// The linker that Swift takes by itself ends on an error of its own with these flags.
let fuzzing: [LinkerSetting] = [.unsafeFlags([watched, "-use-ld=lld"])]

let package = Package(
    name: "fuzz",
    dependencies: [.package(url: "https://github.com/apple/swift-collections", from: "1.6.0")],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CScan", cSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]),
        .target(
            name: "Core",
            dependencies: ["CZlib", "CScan", .product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: strict),
        .target(name: "Judges", dependencies: ["Core", "CZlib"], swiftSettings: strict),
        .executableTarget(
            name: "FuzzRecord", dependencies: ["Judges"], swiftSettings: program, linkerSettings: fuzzing),
        .executableTarget(name: "FuzzJSON", dependencies: ["Judges"], swiftSettings: program, linkerSettings: fuzzing),
    ],
    swiftLanguageModes: [.v6]
)
