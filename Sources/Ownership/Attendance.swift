package import RoomModel
package import WireFormat

/// Who is connected to a room and through which connection, as far as its owner has heard.
///
/// The log says who joined and left; this says what is true now. It turns the differences into
/// joins and leaves: after a change of owner, when a gateway dies, when a message was lost.
package struct Attendance: Sendable {
    /// A participant has one connection at a time: a newer one takes its place.
    private var connections: [ParticipantID: ConnectionID] = [:]
    /// Connections that lost their place; what they still send is not heard.
    ///
    /// Bounded by forgetting all: what was evicted that long ago is closed by now.
    private var evicted: Set<ConnectionID> = []
    private static let evictedMax = 4_096

    package init() {}

    package var isEmpty: Bool { connections.isEmpty }

    package var gateways: Set<String> { Set(connections.values.map(\.gateway)) }

    package func isEvicted(_ connection: ConnectionID) -> Bool { evicted.contains(connection) }

    package func connection(of participant: ParticipantID) -> ConnectionID? {
        connections[participant]
    }

    package enum Arrival: Equatable, Sendable {
        /// Said before, or from a connection that has been replaced: nothing to do.
        case known
        case new(evicts: ConnectionID?)
    }

    /// What a join from this connection means; `admit` makes it so once the room has committed it.
    package func arrival(of sender: OwnerMessage.Sender) -> Arrival {
        if evicted.contains(sender.connection) { return .known }
        let current = connections[sender.participant]
        return current == sender.connection ? .known : .new(evicts: current)
    }

    package mutating func admit(_ sender: OwnerMessage.Sender) {
        if let old = connections.updateValue(sender.connection, forKey: sender.participant),
            old != sender.connection
        {
            if evicted.count >= Self.evictedMax { evicted = [] }
            evicted.insert(old)
        }
    }

    /// Whether the participant is gone now that this connection is.
    ///
    /// True for a connection never heard of too: its gateway held it under an earlier owner.
    package mutating func leave(_ sender: OwnerMessage.Sender) -> Bool {
        if evicted.remove(sender.connection) != nil { return false }
        guard let current = connections[sender.participant] else { return true }
        guard current == sender.connection else { return false }
        connections[sender.participant] = nil
        return true
    }

    /// Takes a gateway's word for whom it does not hold any more.
    package mutating func holding(
        gateway: String,
        _ senders: [OwnerMessage.Sender]
    ) -> [ParticipantID] {
        let held = Set(senders.map(\.connection))
        let gone = participants { $0.gateway == gateway && !held.contains($0) }
        for participant in gone { connections[participant] = nil }
        return gone
    }

    /// Whether a gateway's word is what tells of this connection: its participant has no other.
    package func isNews(_ sender: OwnerMessage.Sender) -> Bool {
        connections[sender.participant] == nil && !evicted.contains(sender.connection)
    }

    /// Who was held by a gateway that is no more.
    package mutating func gatewayGone(_ gateway: String) -> [ParticipantID] {
        let gone = participants { $0.gateway == gateway }
        for participant in gone { connections[participant] = nil }
        return gone
    }

    private func participants(where matches: (ConnectionID) -> Bool) -> [ParticipantID] {
        connections.filter { matches($0.value) }.map(\.key)
            .sorted { $0.rawValue < $1.rawValue }
    }
}
