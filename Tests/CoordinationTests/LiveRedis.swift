import Coordination
import EventLoopIsolation
import Logging
import NIOCore
import OperationalTransform
import Redis
import RoomModel
import TestSupport
import WireFormat

/// What a process has of Redis, against a fresh one.
@LoopActor
struct LiveRedis {
    let channels: RoomChannels
    let commands: RedisClient
    let settings: RedisSettings

    /// The time at which everything happens.
    nonisolated static let now = 1_700_000_000_000
    nonisolated static let silent = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

    static func run(_ body: @LoopActor (LiveRedis) async throws -> Void) async throws {
        let server = try await RedisServer()
        var settings = RedisSettings(url: try RedisURL(server.url))
        settings.connectTimeout = .seconds(60)
        let commands = RedisClient(settings: settings, scripts: Scripts.all, logger: silent)
        let subscriptions = RedisSubscriber(settings: settings, logger: silent)
        defer {
            commands.stop()
            subscriptions.stop()
        }
        let connected = Inbox<Void>()
        commands.onConnected = { connected.put(()) }
        commands.start()
        subscriptions.start()
        await connected.next()
        let channels = RoomChannels(
            commands: commands,
            subscriptions: subscriptions,
            clock: ProcessClock(wallMilliseconds: { now }, uptimeMilliseconds: { 0 }),
            logger: silent
        )
        try await body(LiveRedis(channels: channels, commands: commands, settings: settings))
        withExtendedLifetime(server) {}
    }

    /// A room that has been created and claimed once, so that its epoch is 1.
    func ownedRoom() async throws -> RoomKeys {
        _ = try await channels.create(.interview, as: .interview)
        _ = await channels.claim(.interview, seen: Epoch(rawValue: 0))
        return .interview
    }

    /// A waiter that is connected and waits for a minute.
    func withWaiter(_ body: @LoopActor (RedisWaiter) async throws -> Void) async throws {
        let waiter = RedisWaiter(settings: settings, waitSeconds: 60, logger: Self.silent)
        defer { waiter.stop() }
        let connected = Inbox<Void>()
        waiter.onConnected = { connected.put(()) }
        waiter.start()
        await connected.next()
        try await body(waiter)
    }
}

/// Values that come one by one, to be awaited in order.
@LoopActor
final class Inbox<Value: Sendable> {
    private var values: [Value] = []
    private var waiting: CheckedContinuation<Value, Never>?

    var isEmpty: Bool { values.isEmpty }

    func put(_ value: Value) {
        guard let waiting else { return values.append(value) }
        self.waiting = nil
        waiting.resume(returning: value)
    }

    func next() async -> Value {
        guard values.isEmpty else { return values.removeFirst() }
        return await withCheckedContinuation { waiting = $0 }
    }
}

extension RoomKeys {
    static let interview = RoomKeys(RoomID(rawValue: "r1"))
    static let other = RoomKeys(RoomID(rawValue: "r2"))
}

extension NewRoom {
    static let interview = {
        let title = "Ada's \"interview\" 😀"
        var snapshot = Snapshot(text: "é😀\n", language: "python")
        snapshot.title = title
        return NewRoom(title: title, createdMilliseconds: LiveRedis.now, snapshot: snapshot)
    }()
}

/// The commits of somebody who joins and then writes `count` letters before the text.
func letters(_ count: Int) throws -> [Commit] {
    let ada = ParticipantID(rawValue: "ada")
    let snapshot = NewRoom.interview.snapshot
    var room = Room(snapshot)
    let join = Proposal.Request.join(name: "Ada")
    var commits = [
        try room.commit(Proposal(by: ada, role: .interviewer, request: join), at: 1)
    ]
    for number in 1...count {
        var operation = TextOperation()
        operation.insert("x")
        try operation.keep(room.document.length)
        let edit = Proposal.Request.edit(
            number: ProposalNumber(rawValue: number),
            base: room.revision,
            operation: operation
        )
        commits.append(
            try room.commit(Proposal(by: ada, role: .interviewer, request: edit), at: 1)
        )
    }
    return commits.compactMap { $0 }
}
