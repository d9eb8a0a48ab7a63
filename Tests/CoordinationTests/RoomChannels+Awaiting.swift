import Coordination
import EventLoopIsolation
import RoomModel
import WireFormat

/// What a listener was told.
enum Heard: Equatable, Sendable {
    case listening
    case owner(OwnerMessage)
    case gateways(RoomMessage)
    case interrupted
    case refused
}

extension RoomChannels {
    /// Hears the room's channel to its owner; Redis has confirmed it.
    func owning(_ room: RoomKeys) async -> Inbox<Heard> {
        let inbox = Inbox<Heard>()
        own(room) { event in
            switch event {
            case .listening: inbox.put(.listening)
            case .message(let message): inbox.put(.owner(message))
            case .interrupted: inbox.put(.interrupted)
            case .refused: inbox.put(.refused)
            }
        }
        while await inbox.next() != .listening {}
        return inbox
    }

    /// Hears the room's channel to gateways; Redis has confirmed it.
    func following(_ room: RoomKeys) async -> Inbox<Heard> {
        let inbox = Inbox<Heard>()
        follow(room) { event in
            switch event {
            case .listening: inbox.put(.listening)
            case .message(let message): inbox.put(.gateways(message))
            case .interrupted: inbox.put(.interrupted)
            case .refused: inbox.put(.refused)
            }
        }
        while await inbox.next() != .listening {}
        return inbox
    }

    func epoch(of room: RoomKeys) async -> Epoch? {
        await withCheckedContinuation { continuation in
            epoch(of: room) { continuation.resume(returning: $0) }
        }
    }

    func claim(_ room: RoomKeys, seen: Epoch) async -> ClaimedRoom? {
        await withCheckedContinuation { continuation in
            claim(room, seen: seen) { continuation.resume(returning: $0) }
        }
    }

    /// Commits at `first`, which is the revision of the first commit unless told otherwise.
    func commit(
        _ commits: [Commit],
        refusing refusals: [Refusal] = [],
        then messages: [RoomMessage] = [],
        first: Int? = nil,
        epoch: Int = 1,
        in room: RoomKeys
    ) async -> FencedOutcome {
        let revision = first.map(Revision.init) ?? commits.first?.revision ?? Revision.zero.next
        return await withCheckedContinuation { continuation in
            commit(
                commits,
                refusing: refusals,
                then: messages,
                first: revision,
                epoch: Epoch(rawValue: epoch),
                in: room
            ) { continuation.resume(returning: $0) }
        }
    }

    func save(_ snapshot: Snapshot, epoch: Int = 1, in room: RoomKeys) async -> FencedOutcome {
        await withCheckedContinuation { continuation in
            save(snapshot, epoch: Epoch(rawValue: epoch), in: room) {
                continuation.resume(returning: $0)
            }
        }
    }

    /// What follows a place in the log.
    func page(of room: RoomKeys, after place: LogPlace) async throws -> LogPage {
        let result = await withCheckedContinuation { continuation in
            readLog(of: room, after: place) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// The commits of a page of the log.
    func log(of room: RoomKeys, after revision: Int) async throws -> [Commit] {
        let place = LogPlace(Revision(rawValue: revision), at: nil)
        guard case .follows(let batch) = try await page(of: room, after: place) else { return [] }
        return try batch?.commits() ?? []
    }

    /// Epoch and revision, nil where there is no such room.
    func head(of room: RoomKeys) async -> [Int]? {
        await withCheckedContinuation { continuation in
            head(of: room) { result in
                let head = try? result.get()
                continuation.resume(returning: head.map { [$0.rawValue, $1.revision.rawValue] })
            }
        }
    }
}
