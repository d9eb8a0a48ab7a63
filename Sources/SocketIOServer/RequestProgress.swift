/// How far the requests of one connection are, and with that whether one may still be refused.
struct RequestProgress {
    /// Being answered, or to be answered.
    private(set) var inFlight = 0
    /// The newest is still arriving, so many bytes of its body so far.
    private(set) var isReceiving = false
    private var bodyBytes = 0
    /// Some of the answer to the oldest was sent.
    private var hasBegunAnswer = false
    private var closesAfterAnswer = false

    mutating func began() { (isReceiving, bodyBytes) = (true, 0) }

    mutating func received(bodyBytes count: Int, _ limits: TransportLimits) throws(HTTPRefusal) {
        bodyBytes += count
        guard bodyBytes <= limits.bodyBytesMax else { throw .bodyTooLarge(limits) }
    }

    mutating func ended() { isReceiving = false }

    /// The request that began is served as HTTP.
    ///
    /// `closing` where it asked to leave HTTP for something that is not spoken here: the decoder stops
    /// there, so nothing could follow its answer.
    mutating func toBeAnswered(closing: Bool) {
        inFlight += 1
        closesAfterAnswer = closing
    }

    /// A part of an answer was sent; true when the connection ends with it.
    mutating func answered(isEnd: Bool) -> Bool {
        hasBegunAnswer = !isEnd
        if isEnd { inFlight -= 1 }
        return isEnd && closesAfterAnswer
    }

    /// Otherwise an answer now would be taken for that of an earlier request, or for more of one.
    var mayBeRefused: Bool {
        !hasBegunAnswer && (inFlight == 0 || (inFlight == 1 && isReceiving))
    }
}
