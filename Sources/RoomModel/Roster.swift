/// Everybody a room remembers, in the order of their first join.
package struct Roster: Sendable {
    private var places: [ParticipantID: Int] = [:]
    package private(set) var participants: [Participant] = []

    package init(_ participants: [Participant] = []) {
        self.participants = participants
        index()
    }

    package subscript(id: ParticipantID) -> Participant? {
        places[id].map { participants[$0] }
    }

    package var connectedCount: Int {
        participants.count { $0.connected }
    }

    /// Whether somebody new, or somebody who was away, still finds a place.
    package func hasRoom(for id: ParticipantID) -> Bool {
        self[id]?.connected == true || connectedCount < Limits.Room.connectedMax
    }

    /// The color of somebody who joins: their own again, else the one that is worn least.
    package func color(for id: ParticipantID) -> Int {
        if let known = self[id] { return known.color }
        var worn = Array(repeating: 0, count: Limits.Room.colors)
        for participant in participants where participant.connected {
            // Another version may count otherwise, and no remainder may be below zero.
            worn[Int(participant.color.magnitude % UInt(Limits.Room.colors))] += 1
        }
        return worn.indices.min { worn[$0] < worn[$1] } ?? 0
    }

    /// Takes over what a commit says of who is there.
    package mutating func record(_ commit: Commit) {
        if let number = commit.number { update(commit.by) { $0.number = number } }
        switch commit.change {
        case .joined(let name, let role, let color, let waiting):
            join(
                Participant(
                    id: commit.by,
                    name: name,
                    role: role,
                    color: color,
                    connected: true,
                    number: self[commit.by]?.number ?? .none,
                    waiting: waiting
                )
            )
        case .left: update(commit.by) { $0.connected = false }
        case .admitted(let id): update(id) { $0.waiting = false }
        case .admission(.open): for one in participants { update(one.id) { $0.waiting = false } }
        case .admission(.ask), .edit, .language, .locked, .ended, .unknown: break
        }
    }

    private mutating func join(_ participant: Participant) {
        if let place = places[participant.id] {
            participants[place] = participant
            return
        }
        makePlace()
        places[participant.id] = participants.count
        participants.append(participant)
    }

    private mutating func update(_ id: ParticipantID, _ change: (inout Participant) -> Void) {
        guard let place = places[id] else { return }
        change(&participants[place])
    }

    /// Forgets the longest known of those who are gone, when as many are known as may be.
    ///
    /// First of those who were never let in: strangers at the door must not push out who was.
    private mutating func makePlace() {
        guard participants.count >= Limits.Room.participantsMax,
            let gone = participants.firstIndex(where: { $0.waiting && !$0.connected })
                ?? participants.firstIndex(where: { !$0.connected })
        else { return }
        participants.remove(at: gone)
        index()
    }

    private mutating func index() {
        places = [:]
        for (place, participant) in participants.enumerated() { places[participant.id] = place }
    }
}
