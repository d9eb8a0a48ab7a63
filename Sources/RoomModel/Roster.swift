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
        if let number = commit.number { committed(number, by: commit.by) }
        switch commit.change {
        case .joined(let arrival): join(commit.by, arrival, at: commit.at)
        case .left(let reason): leave(commit.by, reason, at: commit.at)
        case .granted(.admission(.open)): admitAll()
        case .granted(.admitted(let participant)): admit(participant)
        case .edit, .granted, .unknown: break
        }
    }

    package mutating func join(_ id: ParticipantID, _ arrival: Commit.Arrival, at: Int) {
        let place = places[id] ?? append(id)
        participants[place].name = arrival.name
        participants[place].role = arrival.role
        participants[place].color = arrival.color
        participants[place].waiting = arrival.waiting
        participants[place].connected = true
        participants[place].left = nil
        participants[place].since = at
    }

    package mutating func leave(_ id: ParticipantID, _ reason: LeaveReason, at: Int) {
        guard let place = places[id] else { return }
        participants[place].connected = false
        participants[place].left = reason
        participants[place].since = at
    }

    // MARK: Letting in

    /// Whether a candidate who joins has been let in before.
    package func isLetIn(_ id: ParticipantID) -> Bool {
        self[id].map { !$0.waiting } ?? false
    }

    package mutating func admit(_ id: ParticipantID) {
        guard let place = places[id] else { return }
        participants[place].waiting = false
    }

    package mutating func admitAll() {
        for place in participants.indices { participants[place].waiting = false }
    }

    // MARK: Places

    private mutating func append(_ id: ParticipantID) -> Int {
        makePlace()
        let place = participants.count
        places[id] = place
        participants.append(Participant(id))
        return place
    }

    /// Remembers the number of a proposal of theirs that was committed.
    package mutating func committed(_ number: ProposalNumber, by id: ParticipantID) {
        guard let place = places[id] else { return }
        participants[place].number = number
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
