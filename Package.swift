// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with: strict, and without warnings.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    // Our modules are small and each message crosses many: inlined over their borders it takes a tenth less.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]
let strictC: [CSetting] = [
    .enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error),
]

/// A module of ours in `Sources/`, with all it may import.
func module(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    resources: [Resource] = []
) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        resources: resources,
        swiftSettings: strict
    )
}

/// A C target in `Sources/` over libraries of the system.
func cModule(_ name: String, libraries: [String]) -> Target {
    .target(
        name: name,
        cSettings: strictC,
        linkerSettings: libraries.map { .linkedLibrary($0) }
    )
}

func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies,
        path: path,
        swiftSettings: strict
    )
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func nio(_ product: String) -> Target.Dependency { .product(name: product, package: "swift-nio") }
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
func nioExtras(_ product: String) -> Target.Dependency {
    .product(name: product, package: "swift-nio-extras")
}
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle"
)

let package = Package(
    name: "viva",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        // Without its traits it builds without a configuration library and full Foundation.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git",
            from: "2.28.1",
            traits: []
        ),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git",
            from: "2.13.0"
        ),
    ],
    targets: [
        // Lowest first; each imports only what it names here.
        module("JSONText"),
        module("Settings"),
        module("LogLines", ["JSONText", logging]),
        module("Measuring", [metrics]),
        module("OperationalTransform"),
        module("RoomModel", ["OperationalTransform"]),
        module("WireFormat", ["JSONText", "OperationalTransform", "RoomModel", nio("NIOCore")]),
        module("TraceLines", ["JSONText", "WireFormat", tracing]),
        module("EventLoopIsolation", [nio("NIOCore"), nio("NIOPosix")]),

        cModule("CHiredis", libraries: ["hiredis"]),
        cModule("COpenSSL", libraries: ["ssl", "crypto"]),
        module("Hashing", ["COpenSSL"]),
        module("TLS", ["COpenSSL", nio("NIOCore")]),
        module(
            "Redis",
            [
                "CHiredis", "EventLoopIsolation", "Hashing", "TLS", logging, nio("NIOCore"),
                nio("NIOPosix"),
            ]
        ),
        module(
            "Coordination",
            [
                "EventLoopIsolation", "JSONText", "Redis", "RoomModel", "WireFormat", logging,
                metrics, nio("NIOCore"),
            ],
            resources: [
                .embedInCode("Scripts/claim.lua"), .embedInCode("Scripts/commit.lua"),
                .embedInCode("Scripts/create.lua"), .embedInCode("Scripts/delete.lua"),
                .embedInCode("Scripts/keep.lua"), .embedInCode("Scripts/load.lua"),
                .embedInCode("Scripts/note.lua"), .embedInCode("Scripts/snapshot.lua"),
            ]
        ),
        module(
            "Ownership",
            [
                "Coordination", "EventLoopIsolation", "JSONText", "Measuring", "Redis", "RoomModel",
                "TraceLines", "WireFormat", lifecycle, logging, metrics, nio("NIOCore"), tracing,
            ]
        ),

        module("SocketIO", ["JSONText", nio("NIOCore")]),
        module(
            "SocketIOServer",
            [
                "EventLoopIsolation", "JSONText", "SocketIO", hummingbird, hummingbirdCore,
                httpTypes, logging, nio("NIOCore"), nio("NIOHTTP1"), nio("NIOWebSocket"),
                nioExtras("NIOHTTPTypes"),
                nioExtras("NIOHTTPTypesHTTP1"),
            ]
        ),
        module(
            "Gateway",
            [
                "Coordination", "EventLoopIsolation", "Hashing", "JSONText", "Measuring",
                "OperationalTransform", "RoomModel", "SocketIO", "SocketIOServer", "TraceLines",
                "WireFormat", hummingbird, httpTypes, lifecycle, logging, metrics, nio("NIOCore"),
                tracing,
            ]
        ),

        module(
            "LoadTest",
            [
                "EventLoopIsolation", "Hashing", "JSONText", "OperationalTransform", "RoomModel",
                "SocketIO", "TLS", "WireFormat", nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix"),
            ]
        ),

        program(
            "viva",
            [
                "Coordination", "EventLoopIsolation", "Gateway", "Hashing", "JSONText", "LoadTest",
                "LogLines", "Measuring", "OperationalTransform", "Ownership", "Redis", "RoomModel",
                "Settings", "SocketIO", "SocketIOServer", "TraceLines", "WireFormat",
                argumentParser, hummingbird, hummingbirdCore, httpTypes, lifecycle, logging,
                metrics, nio("NIOCore"), nio("NIOPosix"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Sources/Viva"
        ),
        program(
            "socketio-echo",
            [
                "EventLoopIsolation", "SocketIO", "SocketIOServer", argumentParser, hummingbird,
                logging, nio("NIOCore"),
            ],
            path: "Sources/SocketIOEcho"
        ),
        program(
            "trace-replay",
            ["OperationalTransform", "TestSupport"],
            path: "Tests/Benchmarks/TraceReplay"
        ),

        program(
            "redis-pipeline",
            ["EventLoopIsolation", "Redis", logging, nio("NIOCore")],
            path: "Tests/Benchmarks/RedisPipeline"
        ),
        program(
            "commit-rate",
            [
                "Coordination", "EventLoopIsolation", "Redis", "RoomModel", "WireFormat", logging,
                nio("NIOCore"),
            ],
            path: "Tests/Benchmarks/CommitRate"
        ),
        program(
            "typists",
            ["EventLoopIsolation", "JSONText", "LoadTest", argumentParser, nio("NIOCore")],
            path: "Tests/Benchmarks/Typists"
        ),

        .target(
            name: "TestSupport",
            dependencies: ["JSONText", "OperationalTransform"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Gateway", "JSONText", "OperationalTransform", "Ownership", "Redis", "RoomModel",
                "SocketIO", "SocketIOServer", "WireFormat", httpTypes, hummingbird, nio("NIOCore"),
            ],
            path: "Tests/FuzzTargets",
            swiftSettings: strict
        ),
        tests("FuzzTests", ["FuzzTargets", "TestSupport"]),
        .target(
            name: "Simulation",
            dependencies: [
                "Coordination", "Gateway", "JSONText", "OperationalTransform", "Ownership",
                "RoomModel", "TestSupport", "WireFormat", nio("NIOCore"),
            ],
            path: "Tests/Simulation",
            swiftSettings: strict
        ),
        program("simulate", ["Simulation"], path: "Tests/Simulate"),
        tests("JSONTextTests", ["JSONText"]),
        tests("EventLoopIsolationTests", ["EventLoopIsolation", nio("NIOCore")]),
        tests("SettingsTests", ["Settings"]),
        tests("LogLinesTests", ["LogLines", logging]),
        tests("MeasuringTests", ["Measuring", metrics]),
        tests("OperationalTransformTests", ["OperationalTransform", "TestSupport"]),
        tests("RoomModelTests", ["OperationalTransform", "RoomModel", "TestSupport"]),
        tests(
            "WireFormatTests",
            [
                "JSONText", "OperationalTransform", "RoomModel", "TestSupport", "WireFormat",
                nio("NIOCore"),
            ]
        ),
        tests("SocketIOTests", ["JSONText", "SocketIO", "TestSupport", nio("NIOCore")]),
        tests(
            "SocketIOServerTests",
            [
                "EventLoopIsolation", "SocketIO", "SocketIOServer", hummingbird, logging,
                nio("NIOCore"), nio("NIOPosix"), nio("NIOWebSocket"),
            ]
        ),
        tests(
            "LoadTestTests",
            [
                "JSONText", "LoadTest", "OperationalTransform", "RoomModel", "TestSupport",
                nio("NIOCore"),
            ]
        ),
        tests("HashingTests", ["Hashing"]),
        tests("TLSTests", ["TLS", "TestSupport", nio("NIOCore"), nio("NIOEmbedded")]),
        tests(
            "RedisTests",
            [
                "EventLoopIsolation", "Redis", "TestSupport", logging, nio("NIOCore"),
                nio("NIOEmbedded"),
            ]
        ),
        tests(
            "CoordinationTests",
            [
                "Coordination", "EventLoopIsolation", "OperationalTransform", "Redis", "RoomModel",
                "TestSupport", "WireFormat", logging, nio("NIOCore"),
            ]
        ),
        tests(
            "OwnershipTests",
            [
                "Ownership", "OperationalTransform", "RoomModel", "TestSupport", "WireFormat",
                nio("NIOCore"),
            ]
        ),
        tests(
            "GatewayTests",
            [
                "Coordination", "Gateway", "RoomModel", "TestSupport", "WireFormat", httpTypes,
                hummingbird, nio("NIOCore"),
            ]
        ),
        tests("TraceLinesTests", ["JSONText", "TraceLines", "WireFormat", tracing]),
        tests("SimulationTests", ["Simulation", "TestSupport"]),
    ]
)

// Only `deploy/fuzz` sets this: to link, the program needs libFuzzer, and its modules the flags that come with it.
if let libFuzzer = Context.environment["VIVA_LIBFUZZER"] {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: ["FuzzTargets"],
            path: "Tests/Fuzz",
            swiftSettings: strict,
            linkerSettings: [.unsafeFlags([libFuzzer, "-lstdc++"])]
        )
    )
}
