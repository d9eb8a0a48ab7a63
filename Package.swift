// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with: strict, and without warnings.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let strictC: [CSetting] = [
    .enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "viva",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    ],
    targets: [
        .target(
            name: "CHiredis",
            cSettings: strictC,
            linkerSettings: [.linkedLibrary("hiredis")]
        ),
        .target(
            name: "COpenSSL",
            cSettings: strictC,
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]
        ),
        .target(name: "Hashing", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(
            name: "Redis",
            dependencies: [
                "CHiredis", "EventLoopIsolation", "Hashing", "TLS", logging, nioCore, nioPosix,
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "redis-pipeline",
            dependencies: ["EventLoopIsolation", "Redis", logging, nioCore],
            path: "Tests/Benchmarks/RedisPipeline",
            swiftSettings: strict
        ),
        .target(name: "TLS", dependencies: ["COpenSSL", nioCore], swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "HashingTests", dependencies: ["Hashing"], swiftSettings: strict),
        .testTarget(
            name: "TLSTests",
            dependencies: ["TLS", "TestSupport", nioCore, nioEmbedded],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RedisTests",
            dependencies: [
                "EventLoopIsolation", "Redis", "TestSupport", logging, nioCore, nioEmbedded,
            ],
            swiftSettings: strict
        ),
        .target(name: "JSONText", swiftSettings: strict),
        .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: strict),
        .target(
            name: "EventLoopIsolation",
            dependencies: [nioCore, nioPosix],
            swiftSettings: strict
        ),
    ]
)
