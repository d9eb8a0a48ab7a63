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
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(
    name: "NIOHTTPTypesHTTP1",
    package: "swift-nio-extras"
)
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "viva",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.5.1"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git",
            from: "2.28.1",
            traits: []
        ),
    ],
    targets: [
        .target(name: "JSONText", swiftSettings: strict),
        .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: strict),
        .target(
            name: "EventLoopIsolation",
            dependencies: [nioCore, nioPosix],
            swiftSettings: strict
        ),
        .target(
            name: "SocketIO",
            dependencies: ["JSONText", nioCore],
            swiftSettings: strict
        ),
        .target(
            name: "SocketIOServer",
            dependencies: [
                "EventLoopIsolation", "SocketIO", hummingbird, hummingbirdCore, httpTypes, logging,
                nioCore, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioWebSocket,
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "socketio-echo",
            dependencies: [
                "EventLoopIsolation", "SocketIO", "SocketIOServer", hummingbird, logging, nioCore,
            ],
            path: "Sources/SocketIOEcho",
            swiftSettings: strict
        ),
        .testTarget(
            name: "SocketIOServerTests",
            dependencies: [
                "EventLoopIsolation", "SocketIO", "SocketIOServer", hummingbird, logging, nioCore,
                nioPosix, nioWebSocket,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SocketIOTests",
            dependencies: ["JSONText", "SocketIO", nioCore],
            swiftSettings: strict
        ),
    ]
)
