// How many commits a second go through an owner and Redis, both of them running already:
//     commit-rate redis://127.0.0.1:6379 <rooms> <writers in each> <seconds>
//
// Stands where a gateway stands: proposes on the rooms' channels and hears what is committed. A writer proposes its next
// edit when it hears its last, so what is measured is the whole way: ordering, transforming, commit.lua, publishing.

import Coordination
import EventLoopIsolation
import Foundation
import Logging
import NIOCore
import Redis
import RoomModel
import WireFormat

@LoopActor
final class BusyRoom {
    static var commitCount = 0
    static var batchCount = 0
    private static var waitingForJoins = 0
    private static var onJoined: CheckedContinuation<Void, Never>?

    private let keys: RoomKeys
    private let channels: RoomChannels
    private let writers: [ParticipantID: OwnerMessage.Sender]
    private var numbers: [ParticipantID: Int] = [:]
    private var revision = 0
    private var length = 0

    init(_ name: String, writers count: Int, channels: RoomChannels) {
        keys = RoomKeys(RoomID(rawValue: name))
        self.channels = channels
        let senders = (0..<count).map { index in
            OwnerMessage.Sender(
                connection: ConnectionID(rawValue: "bench.\(index)"),
                participant: ParticipantID(rawValue: "writer\(index)"),
                role: .interviewer
            )
        }
        writers = Dictionary(uniqueKeysWithValues: senders.map { ($0.participant, $0) })
    }

    func create() async throws {
        let new = NewRoom(
            title: "",
            createdMilliseconds: 0,
            snapshot: Snapshot(text: "", language: "swift")
        )
        _ = try await channels.create(new, as: keys)
    }

    /// Everybody joins, in every room; nobody writes before all are in.
    static func join(_ rooms: [BusyRoom]) async {
        await withCheckedContinuation { joined in
            onJoined = joined
            waitingForJoins = rooms.reduce(0) { $0 + $1.writers.count }
            for room in rooms { room.join() }
        }
    }

    private func join() {
        channels.follow(keys) { [self] event in
            switch event {
            case .listening, .message(.epoch):
                for writer in writers.values {
                    channels.propose(.join(writer, name: "w"), to: keys)
                }
            case .message(.admitted):
                Self.waitingForJoins -= 1
                if Self.waitingForJoins == 0 { Self.onJoined?.resume() }
            case .message(.commits(let batch)): committed(batch)
            case .message(let message): fatalError("\(message)")
            case .interrupted, .refused: fatalError("the channel was lost")
            }
        }
    }

    func write() { for writer in writers.values { write(writer) } }

    private func write(_ writer: OwnerMessage.Sender) {
        let number = numbers[writer.participant, default: 0] + 1
        numbers[writer.participant] = number
        let operation = length == 0 ? #"["a"]"# : #"["a",\#(length)]"#
        let body = #"{"number":\#(number),"revision":\#(revision),"operation":\#(operation)}"#
        channels.propose(.proposal(.edit, writer, body: ByteBuffer(string: body)), to: keys)
    }

    private func committed(_ batch: CommitBatch) {
        guard let commits = try? batch.commits() else { fatalError("not a batch") }
        Self.batchCount += 1
        var authors: [ParticipantID] = []
        for commit in commits {
            revision = commit.revision.rawValue
            guard case .edit = commit.change else { continue }
            length += 1
            Self.commitCount += 1
            authors.append(commit.by)
        }
        for author in authors { if let writer = writers[author] { write(writer) } }
    }
}

@LoopActor
func run(_ url: String, rooms roomCount: Int, writers: Int, seconds: Double) async throws {
    let logger = Logger(label: "benchmark")
    let settings = RedisSettings(url: try RedisURL(url))
    let commands = RedisClient(settings: settings, scripts: Scripts.all, logger: logger)
    let subscriptions = RedisSubscriber(settings: settings, logger: logger)
    let channels = RoomChannels(
        commands: commands,
        subscriptions: subscriptions,
        clock: .system,
        logger: logger
    )
    await withCheckedContinuation { connected in
        commands.onConnected = { connected.resume() }
        commands.start()
        subscriptions.start()
    }
    let run = Int.random(in: 0..<1 << 48)
    let rooms = (0..<roomCount).map {
        BusyRoom("bench\(run).\($0)", writers: writers, channels: channels)
    }
    for room in rooms { try await room.create() }
    await BusyRoom.join(rooms)
    for room in rooms { room.write() }
    try await Task.sleep(for: .seconds(1))
    let (start, commits, batches) = (NIODeadline.now(), BusyRoom.commitCount, BusyRoom.batchCount)
    try await Task.sleep(for: .seconds(seconds))
    let elapsed = Double((NIODeadline.now() - start).nanoseconds) / 1e9
    let rate = Double(BusyRoom.commitCount - commits) / elapsed
    let perBatch = Double(BusyRoom.commitCount - commits) / Double(BusyRoom.batchCount - batches)
    print(#"{"commits_per_second":\#(rate),"commits_per_call":\#(perBatch)}"#)
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let rooms = Int(arguments[2]), let writers = Int(arguments[3]),
    let seconds = Double(arguments[4])
else { fatalError("usage: commit-rate <Redis URL> <rooms> <writers in each> <seconds>") }
try await run(arguments[1], rooms: rooms, writers: writers, seconds: seconds)
