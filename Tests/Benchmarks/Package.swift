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

let collections: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")

let package = Package(
    name: "tailrace-benchmarks",
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CScan"),
        .target(name: "Core", dependencies: ["CZlib", "CScan", collections], swiftSettings: strict),

        .target(name: "CAllocations"),
        .executableTarget(name: "Benchmarks", dependencies: ["Core", "CZlib", "CAllocations"], swiftSettings: strict),
        .testTarget(
            name: "BenchmarksTests", dependencies: ["Benchmarks", "Core", "CAllocations"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
