// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with: strict, and without warnings.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
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
        .target(name: "JSONText", swiftSettings: strict),
        .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: strict),
        .target(name: "OperationalTransform", swiftSettings: strict),
        .testTarget(
            name: "OperationalTransformTests",
            dependencies: ["OperationalTransform", "TestSupport"],
            swiftSettings: strict
        ),
        .target(
            name: "WireFormat",
            dependencies: ["JSONText", "OperationalTransform"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WireFormatTests",
            dependencies: ["JSONText", "OperationalTransform", "TestSupport", "WireFormat"],
            swiftSettings: strict
        ),
        .target(
            name: "TestSupport",
            dependencies: ["JSONText", "OperationalTransform"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "trace-replay",
            dependencies: ["OperationalTransform", "TestSupport"],
            path: "Tests/Benchmarks/TraceReplay",
            swiftSettings: strict
        ),
        .target(
            name: "EventLoopIsolation",
            dependencies: [nioCore, nioPosix],
            swiftSettings: strict
        ),
        .target(name: "OperationalTransform", swiftSettings: strict),
        .target(name: "RoomModel", dependencies: ["OperationalTransform"], swiftSettings: strict),
        .testTarget(
            name: "RoomModelTests",
            dependencies: ["OperationalTransform", "RoomModel"],
            swiftSettings: strict
        ),
    ]
)
