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

    package mutating func join(_ id: ParticipantID, name: String, role: Role, color: Int) {
        if let place = places[id] {
            participants[place].name = name
            participants[place].role = role
            participants[place].color = color
            participants[place].connected = true
            return
        }
        makePlace()
        places[id] = participants.count
        participants.append(
            Participant(
                id: id,
                name: name,
                role: role,
                color: color,
                connected: true,
                number: .none
            )
        )
    }

    package mutating func leave(_ id: ParticipantID) {
        guard let place = places[id] else { return }
        participants[place].connected = false
    }

    /// Remembers the number of a proposal of theirs that was committed.
    package mutating func committed(_ number: ProposalNumber, by id: ParticipantID) {
        guard let place = places[id] else { return }
        participants[place].number = number
    }

    /// Forgets the longest known of those who are gone, when as many are known as may be.
    private mutating func makePlace() {
        guard participants.count >= Limits.Room.participantsMax,
            let gone = participants.firstIndex(where: { !$0.connected })
        else { return }
        participants.remove(at: gone)
        index()
    }

    private mutating func index() {
        places = [:]
        for (place, participant) in participants.enumerated() { places[participant.id] = place }
    }
}
