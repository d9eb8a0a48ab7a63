package import Coordination
package import EventLoopIsolation
package import Logging
import NIOCore
package import RoomModel
package import TraceLines

/// The rooms this process owns: takes orphans in, looks after what is quiet, hands all over at the end.
@LoopActor
package final class OwnedRooms {
    /// A room falls quiet when nobody has changed it for so long; its snapshot is then written.
    private static let quietMilliseconds = 5_000
    /// A room without connections is forgotten after this; the log has it.
    private static let unloadMilliseconds = 300_000
    /// By then every gateway has answered the new epoch with whom it holds.
    private static let attendanceMilliseconds = 10_000

    let channels: RoomChannels
    let clock: ProcessClock
    private let metrics: OwnerMetrics
    private let roomsMax: Int
    /// Nil where nothing is traced.
    private let spans: SpanSource?
    let logger: Logger
    /// A second, in the tick's tenths.
    private(set) var owners = Rounds<RoomID, RoomOwner>(of: 10)
    /// When attendance is due, for rooms claimed lately.
    private var attendanceDue: [RoomID: Int] = [:]
    private var gateways = GatewayWatch()
    var share = FairShare()
    /// From then on this process takes no rooms in.
    package private(set) var isHandingOver = false

    package init(
        channels: RoomChannels,
        clock: ProcessClock,
        metrics: OwnerMetrics,
        roomsMax: Int,
        spans: SpanSource?,
        logger: Logger
    ) {
        self.channels = channels
        self.clock = clock
        self.metrics = metrics
        self.roomsMax = roomsMax
        self.spans = spans
        self.logger = logger
    }

    package var count: Int { owners.count }

    package var takesRooms: Bool { placesLeft > 0 }

    /// How many more rooms may come in.
    package var placesLeft: Int { isHandingOver ? 0 : roomsMax - count }

    /// Claims a room that was offered.
    ///
    /// One that is owned here already was silent for somebody: it is thrown away and claimed anew, as
    /// another process would do.
    package func take(_ room: RoomID) {
        owners[room]?.letGo(because: "offered while owned")
        makeOwner(of: room).claim()
    }

    /// Claims a room that its owner hands to this one, unless there is no place for it, or it is here already.
    package func take(_ room: RoomID, after epoch: Epoch) {
        guard takesRooms, owners[room] == nil else { return }
        makeOwner(of: room).claim(after: epoch)
    }

    private func makeOwner(of room: RoomID) -> RoomOwner {
        let owner = RoomOwner(
            RoomKeys(room),
            channels: channels,
            clock: clock,
            metrics: metrics,
            spans: spans,
            logger: logger
        ) { [weak self] gone in
            self?.forget(gone)
        }
        owners[room] = owner
        attendanceDue[room] = clock.uptimeMilliseconds() + Self.attendanceMilliseconds
        return owner
    }

    private func forget(_ owner: RoomOwner) {
        // A newer owner of the same room may stand in its place already.
        guard owners[owner.room.room] === owner else { return }
        owners[owner.room.room] = nil
        attendanceDue[owner.room.room] = nil
    }

    // MARK: Looking after

    /// To be called ten times a second: each room is looked after at one of them.
    package func tick() {
        let now = clock.uptimeMilliseconds()
        for (room, due) in attendanceDue where due <= now {
            attendanceDue[room] = nil
            owners[room]?.take(.attendanceDue)
        }
        for owner in owners.nextTurn() where owner.state.phase == .owned {
            lookAfter(owner, at: now)
        }
    }

    private func lookAfter(_ owner: RoomOwner, at now: Int) {
        owner.secondPassed()
        owner.noteAttendance(at: now)
        if now - owner.changedAt >= Self.quietMilliseconds { owner.saveSnapshot(after: 1) }
        if let since = owner.emptySince, now - since >= Self.unloadMilliseconds,
            owner.state.isSettled
        {
            owner.letGo(because: "empty")
        }
    }

    /// Asks which gateways still live, and ends the ghosts of those that do not.
    ///
    /// To be called every few seconds; a gateway has to be missed twice.
    package func checkGateways() {
        let named = Set(owners.values.flatMap { $0.state.attendance.gateways })
        gateways.keep(named)
        for name in named {
            channels.isAlive(gateway: name) { alive in
                guard let alive, self.gateways.saw(name, alive: alive) else { return }
                self.logger.info("gateway was missed", metadata: ["gateway": "\(name)"])
                for owner in self.owners.values where owner.state.attendance.gateways.contains(name)
                {
                    owner.take(.gatewayGone(name))
                }
            }
        }
    }

    // MARK: Handing over

    /// Offers every room that somebody is in, while still serving it: the next owner's claim ends
    /// our time with it, so nobody waits in between.
    ///
    /// Rooms without anybody are only written.
    package func offerAll() {
        isHandingOver = true
        for owner in owners.values where owner.state.phase == .owned {
            owner.saveSnapshot(after: 1)
            if !owner.state.attendance.isEmpty { channels.offer(owner.room.room) }
        }
    }

    /// Rooms in which somebody waits for us, or for whoever comes after us.
    package var attendedCount: Int {
        owners.values.count { !$0.state.attendance.isEmpty || !$0.state.isSettled }
    }

    /// Lets go of everything, at the end of the process's time.
    package func letGoOfAll() {
        for owner in owners.values { owner.letGo(because: "stopping") }
    }
}
