import Coordination
import EventLoopIsolation
import NIOCore
import Settings

#if canImport(Glibc)
    import Glibc
#endif

/// What a process tells of itself, asked for whenever somebody wants to know.
struct ProcessFacts {
    /// What it misses to do its work; nil when nothing is missing.
    let missingPart: @LoopActor () -> String?
    let connections: @LoopActor () -> Int
    let rooms: @LoopActor () -> Int
    /// Of an owner that takes rooms in; nil of all others.
    var load: @LoopActor () -> Int? = { nil }
}

/// Writes down in Redis how this process is: for operators, and for owners that even out their load.
@LoopActor
final class ProcessBeat {
    private static let pause = TimeAmount.seconds(3)
    private let channels: RoomChannels
    private let configuration: Configuration
    private let facts: ProcessFacts
    private let loopLag: LoopLag
    private let startedMilliseconds = ProcessClock.system.wallMilliseconds()
    private var isStopped = false

    init(
        _ channels: RoomChannels,
        _ configuration: Configuration,
        _ facts: ProcessFacts,
        _ loopLag: LoopLag
    ) {
        self.channels = channels
        self.configuration = configuration
        self.facts = facts
        self.loopLag = loopLag
    }

    func start() {
        // Nobody waits for it.
        Task { await channels.forgetLongSilent() }
        beat()
    }

    private func beat() {
        guard !isStopped else { return }
        channels.beat(record)
        LoopActor.eventLoop.scheduleTask(in: Self.pause) {
            LoopActor.assumeIsolated { self.beat() }
        }
    }

    /// A process that stops in good order is not missed.
    func stop() async {
        isStopped = true
        await channels.forget(process: configuration.name)
    }

    private var record: ProcessRecord {
        var record = ProcessRecord()
        record.name = configuration.name
        record.role = configuration.role.rawValue
        record.version = Viva.version
        record.internalAddress = internalAddress
        record.processID = Int(getpid())
        record.startedMilliseconds = startedMilliseconds
        record.missingPart = facts.missingPart() ?? ""
        record.connections = facts.connections()
        record.rooms = facts.rooms()
        record.load = facts.load()
        record.lagMicroseconds = Int(loopLag.takeLongest().nanoseconds / 1_000)
        return record
    }

    /// Every address is told as this machine's name.
    private var internalAddress: String {
        guard configuration.internalPort > 0 else { return "" }
        let isEvery = ["0.0.0.0", "::"].contains(configuration.internalHost)
        let host = isEvery ? Self.hostName : configuration.internalHost
        return "\(host):\(configuration.internalPort)"
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
