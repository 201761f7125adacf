// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody pays for it in a normal build. `Core` and what stands below it are the main
// package's folders, by links: what they declare as `package` is then in reach, and no other target is compiled.
// `scripts/bench` builds and runs it; its tests are run by
// `swift test --package-path Tests/Benchmarks --scratch-path .build/benchmarks`.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// With the trait, libdeflate is both in the decoder and beside it.
let libdeflate: Target.Dependency = .target(name: "CLibdeflate", condition: .when(traits: ["Libdeflate"]))
let knowsLibdeflate: SwiftSetting = .define("LIBDEFLATE", .when(traits: ["Libdeflate"]))

let collections: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")

let package = Package(
    name: "tailrace-benchmarks",
    traits: [.trait(name: "Libdeflate", description: "As the main package's.")],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLibdeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .target(name: "CScan"),
        .target(
            name: "Core", dependencies: ["CZlib", libdeflate, "CScan", collections],
            swiftSettings: strict + [knowsLibdeflate]),

        .target(name: "CAllocations"),
        .executableTarget(
            name: "Benchmarks", dependencies: ["Core", "CZlib", libdeflate, "CAllocations"],
            swiftSettings: strict + [knowsLibdeflate]),
        .testTarget(
            name: "BenchmarksTests", dependencies: ["Benchmarks", "Core", "CAllocations"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
