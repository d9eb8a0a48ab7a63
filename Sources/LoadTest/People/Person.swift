import EventLoopIsolation
import NIOCore
import OperationalTransform
import RoomModel

/// One simulated person: types, follows the room, loses the network and comes back.
///
/// ```
/// away ──comes──▶ connecting ──open──▶ joining ──welcome──▶ present
///   ▲                └──────────closed───┴────────────────────┤
///   └─────────────leaves, loses the network, is disconnected──┘
/// ```
///
/// No task and no timer of its own: the run's agenda says when it is its turn.
@LoopActor
final class Person {
    enum Stage { case away, connecting, joining, present }

    let index: Int
    /// Its place in the room.
    let place: Int
    let name: String
    let role: Role
    unowned let room: LoadRoom
    unowned let run: LoadRun
    var stage = Stage.away
    var transport: (any Transport)?
    /// Nil before the first welcome and after a leave: the next one is a join.
    var pending: PendingEdits?
    var key = ""
    var typist: Typist?

    // When what is under way began, in nanoseconds of the run.
    var comesAt = 0
    var sentAt = 0
    var heardAt = 0
    var silenceMax = 45_000_000_000
    var attempts = 0
    /// The absence is the person's own doing, and not to be blamed on the deployment.
    var isAwayOnPurpose = false
    var hasLeft = false

    // What was typed and is not committed yet, by the moments it was meant for.
    var inFlight: ProposalNumber?
    var inFlightStrokes: [Int] = []
    var waitingStrokes: [Int] = []
    var proposalsMade = 0
    private var proposalsCommitted = 0
    private var numberLast = ProposalNumber.none

    // The editor: how long its text is and where its caret stands.
    var length = 0
    var caret = 0
    /// Where the person's own part of the text begins, in a replay.
    var partStart = 0
    /// Folds by itself, as it has not met the ledger yet.
    var isAlone = true

    init(index: Int, place: Int, name: String, role: Role, room: LoadRoom, run: LoadRun) {
        self.index = index
        self.place = place
        self.name = name
        self.role = role
        self.room = room
        self.run = run
    }

    /// Everything it typed is committed, and it has been told everything.
    var isSettled: Bool {
        stage == .present && pending?.unsavedCount == 0
            && pending?.revision == room.ledger?.revision
    }

    // MARK: Counting

    func strokesInFlight(_ number: ProposalNumber?) -> [Int] {
        number == inFlight ? inFlightStrokes : []
    }

    /// Counts a commit of its own; false where the number was seen before.
    func counts(_ number: ProposalNumber) -> Bool {
        guard number > numberLast else { return false }
        numberLast = number
        proposalsCommitted += 1
        return true
    }

    /// Whether each proposal is in the log, once.
    var isComplete: Bool { proposalsCommitted == proposalsMade }

    /// Where it stands, for a report on what did not come to rest.
    var whereabouts: String {
        "\(stage), at revision \(pending?.revision.rawValue ?? -1) of \(room.ledger?.revision.rawValue ?? -1), "
            + "\(pending?.unsavedCount ?? 0) unsaved"
    }

    var balance: String { "\(proposalsMade) proposed, \(proposalsCommitted) committed" }

    /// Leaves for good: whoever comes next is somebody else to the room.
    func becomeNew() {
        if let participant = pending?.participant { room.left(participant) }
        pending = nil
        proposalsMade = 0
        proposalsCommitted = 0
        numberLast = .none
        inFlight = nil
        inFlightStrokes = []
        waitingStrokes = []
    }
}
