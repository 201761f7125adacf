// swift-tools-version: 6.2
import PackageDescription

// Data flows one way: stream → decode → deliver → commit. Imports only point down:
//
//   5  tailrace                                        the program: one file per subcommand
//   4  Adapters    Admin    Setup    Emulator          meets the world
//   3  Pipeline    AWS      Settings                   runs, talks, is told
//   2  Core        Signing  HTTPClient                 decides; signs; libcurl behind one async call
//      FilterPatterns                                  CloudWatch Logs' pattern language
//   1  CZlib  COpenSSL  CCurl  CMalloc  CScan  Locking system libraries, a few C kernels, a lock
//
// and CLibdeflate beside CZlib, when the trait Libdeflate is enabled.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Only with the trait is libdeflate looked for, whether it is installed or not.
let libdeflate: Target.Dependency = .target(name: "CLibdeflate", condition: .when(traits: ["Libdeflate"]))
let knowsLibdeflate: SwiftSetting = .define("LIBDEFLATE", .when(traits: ["Libdeflate"]))

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let asyncAlgorithms: Target.Dependency = .product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let collections: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
/// The HTTP server, and what its requests, replies and sockets are made of.
let httpServer: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "tailrace",
    products: [.executable(name: "tailrace", targets: ["tailrace"])],
    traits: [
        .trait(name: "Libdeflate", description: "Inflates payloads with libdeflate, and with zlib what that refuses.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLibdeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CMalloc"),  // of glibc, which Swift's Glibc leaves out
        .target(name: "CScan"),
        .target(name: "Locking", swiftSettings: strict),

        .target(
            name: "Core", dependencies: ["CZlib", libdeflate, "CScan", collections],
            swiftSettings: strict + [knowsLibdeflate]),
        .target(name: "Signing", dependencies: ["COpenSSL", "Locking"], swiftSettings: strict),
        .target(name: "HTTPClient", dependencies: ["CCurl", "Locking"], swiftSettings: strict),
        .target(name: "FilterPatterns", swiftSettings: strict),

        .target(name: "AWS", dependencies: ["Core", "Signing", "HTTPClient", logging], swiftSettings: strict),
        .target(
            name: "Pipeline", dependencies: ["Core", "Locking", collections, asyncAlgorithms, logging],
            swiftSettings: strict),
        .target(name: "Settings", dependencies: ["Core", yams], swiftSettings: strict),

        .target(
            name: "Adapters", dependencies: ["Pipeline", "Core", "AWS", "Locking", collections, grdb],
            swiftSettings: strict),
        .target(
            name: "Admin", dependencies: ["Pipeline", "Core", logging, serviceLifecycle] + httpServer,
            swiftSettings: strict),
        .target(
            name: "Setup", dependencies: ["AWS", "Settings", "Core", "FilterPatterns"], swiftSettings: strict),
        .target(
            name: "Emulator",
            dependencies: ["Signing", "FilterPatterns", "CZlib", logging, serviceLifecycle] + httpServer,
            swiftSettings: strict),

        .executableTarget(
            name: "tailrace",
            dependencies: [
                "Core", "AWS", "Pipeline", "Settings", "Adapters", "Admin", "Setup", "Emulator", "HTTPClient",
                "Signing", "Locking", "CMalloc",
                argumentParser, logging,
            ],
            swiftSettings: strict),

        // A CloudWatch Logs that judges requests, and workloads for it: for tests only.
        .target(
            name: "LogGroupFakes", dependencies: ["Core"], path: "Tests/Support/LogGroupFakes", swiftSettings: strict),
        .testTarget(
            name: "CoreTests", dependencies: ["Core", "CScan", "CZlib", "LogGroupFakes"], swiftSettings: strict),
        // A world in which everything goes wrong, and a program that lives a million of its lives: for tests only.
        .target(name: "StreamWorld", dependencies: ["Core"], path: "Tests/Simulation/World", swiftSettings: strict),
        .executableTarget(
            name: "simulate", dependencies: ["StreamWorld", "Locking"], path: "Tests/Simulation/Program",
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTests", dependencies: ["Core", "LogGroupFakes", "StreamWorld"],
            path: "Tests/Simulation", exclude: ["World", "Program"], swiftSettings: strict),
        .testTarget(
            name: "SigningTests", dependencies: ["Signing"], resources: [.copy("Vectors")], swiftSettings: strict),
        .testTarget(name: "FilterPatternsTests", dependencies: ["FilterPatterns"], swiftSettings: strict),
        .testTarget(name: "HTTPClientTests", dependencies: ["HTTPClient", "Locking"], swiftSettings: strict),
        .testTarget(
            name: "AWSTests", dependencies: ["AWS", "Core", "HTTPClient", "Signing", "Locking"], swiftSettings: strict),
        .testTarget(
            name: "PipelineTests", dependencies: ["Pipeline", "Core", "Locking", logging], swiftSettings: strict),
        .testTarget(name: "SettingsTests", dependencies: ["Settings", "Core"], swiftSettings: strict),
        .testTarget(
            name: "AdaptersTests",
            dependencies: ["Adapters", "Pipeline", "Core", "AWS", "Locking", "LogGroupFakes", grdb],
            swiftSettings: strict),
        .testTarget(
            name: "AdminTests", dependencies: ["Admin", "Pipeline", "Core", "HTTPClient", logging],
            swiftSettings: strict),
        .testTarget(
            name: "EmulatorTests", dependencies: ["Emulator", "Signing", "CZlib"] + httpServer,
            exclude: ["Python"], swiftSettings: strict),
        .testTarget(
            name: "SetupTests", dependencies: ["Setup", "AWS", "Core", "FilterPatterns", "Settings"],
            swiftSettings: strict),
        .testTarget(
            name: "TailraceTests",
            dependencies: ["tailrace", "Admin", "Core", "Settings", "Setup", argumentParser, logging],
            swiftSettings: strict),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "tailrace", "Emulator", "Adapters", "Admin", "AWS", "Core", "Signing", "HTTPClient", "Locking", "CZlib",
                logging,
            ],
            path: "Tests/Integration", exclude: ["Python"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
