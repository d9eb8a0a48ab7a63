import Coordination
import Gateway
import RoomModel
import WireFormat

/// One browser's connection at a simulated gateway, as `Connection` keeps it.
final class Seat {
    let sender: OwnerMessage.Sender
    let resumed: LogPlace?
    weak var browser: SimulatedBrowser?
    var arrival: Arrival
    var cursor: DeliveryCursor?
    /// Told to wait, or welcomed.
    var isAccepted = false

    init(
        _ sender: OwnerMessage.Sender,
        resumed: LogPlace?,
        browser: SimulatedBrowser,
        at now: Int
    ) {
        self.sender = sender
        self.resumed = resumed
        self.browser = browser
        arrival = Arrival(at: now)
    }
}
