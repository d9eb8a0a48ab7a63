import NIOCore
import NIOHTTP1

/// What becomes of the requests on one channel, until it leaves HTTP or ends.
///
///     waiting ──first request──▶ serving ──▶ … ──upgrade──▶ upgraded
///        └──────────────────upgrade───────────────────────────▲
///     waiting, serving ──▶ refused
///
/// `UpgradeHandler` moves it: with each part that is read or answered, and with how an upgrade ended.
struct UpgradeState {
    private enum Phase {
        case waiting
        case serving
        /// The head of a request to upgrade was read; its end decides.
        case upgrading(HTTPRequestHead)
        case upgraded
        /// An answer was sent that ends the connection; what still comes is dropped.
        case refused
    }

    /// What to do with the part that was read.
    enum Action: Equatable {
        case serve
        /// The same, and it is the first: what serves requests has to come first.
        case beginServing
        case upgrade(HTTPRequestHead)
        case drop
        case close
    }

    private var phase = Phase.waiting
    private var requests = RequestProgress()

    /// Nothing was served, and nothing is under way.
    var isWaiting: Bool { if case .waiting = phase { true } else { false } }
    var isUpgraded: Bool { if case .upgraded = phase { true } else { false } }
    var isRefused: Bool { if case .refused = phase { true } else { false } }
    /// The newest request is still arriving.
    var isReceiving: Bool { requests.isReceiving }

    // MARK: Requests

    mutating func received(
        _ part: HTTPServerRequestPart,
        _ limits: TransportLimits,
        asksForWebSocket: (HTTPRequestHead) -> Bool
    ) throws(HTTPRefusal) -> Action {
        switch phase {
        case .waiting, .serving:
            return try receivedHTTP(part, limits, asksForWebSocket: asksForWebSocket)
        case .upgrading(let head):
            // A body has no meaning here.
            guard case .end = part else { return .drop }
            // No browser or proxy upgrades before earlier answers are there.
            guard requests.inFlight == 0 else { return .close }
            requests.ended()
            return .upgrade(head)
        case .upgraded, .refused: return .drop
        }
    }

    private mutating func receivedHTTP(
        _ part: HTTPServerRequestPart,
        _ limits: TransportLimits,
        asksForWebSocket: (HTTPRequestHead) -> Bool
    ) throws(HTTPRefusal) -> Action {
        switch part {
        case .head(let head):
            try RequestCheck.check(head, limits)
            requests.began()
            if !asksForWebSocket(head) { return began(head) }
            phase = .upgrading(head)
            return .drop
        case .body(let bytes): try requests.received(bodyBytes: bytes.readableBytes, limits)
        case .end: requests.ended()
        }
        return .serve
    }

    private mutating func began(_ head: HTTPRequestHead) -> Action {
        requests.toBeAnswered(closing: head.headers.contains(name: "upgrade"))
        defer { phase = .serving }
        return isWaiting ? .beginServing : .serve
    }

    // MARK: Answers

    /// A part of an answer was sent; true when the connection ends with it.
    mutating func answered(_ part: HTTPServerResponsePart) -> Bool {
        let isEnd = if case .end = part { true } else { false }
        return requests.answered(isEnd: isEnd)
    }

    mutating func upgraded() { phase = .upgraded }

    /// The connection ends; true where an answer may say why.
    mutating func refuse() -> Bool {
        phase = .refused
        return requests.mayBeRefused
    }
}
