/// A decoder that meets bytes of somebody else, with the laws it keeps whatever they are.
///
/// libFuzzer runs it for minutes (`make fuzz`), the tests run it briefly; a trap or a broken law is a
/// finding, and so is a pause: everything here takes time in proportion to its input.
package struct FuzzTarget: Sendable {
    /// Also the folder of its corpus.
    package let name: String
    private let body: @Sendable (UnsafeRawBufferPointer) throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Throws `BrokenLaw`; a refusal of the bytes is no finding.
    package func run(_ bytes: UnsafeRawBufferPointer) throws(BrokenLaw) {
        do { try body(bytes) } catch let broken as BrokenLaw { throw broken } catch {}
    }

    package static let all: [FuzzTarget] = [
        FuzzTarget("json", fuzzJSON),
        FuzzTarget("operation", fuzzOperation),
        FuzzTarget("operation-pair", fuzzOperationPair),
        FuzzTarget("proposal", fuzzProposal),
        FuzzTarget("select", fuzzSelect),
        FuzzTarget("pulse", fuzzPulse),
        FuzzTarget("note", fuzzNote),
        FuzzTarget("connect", fuzzConnect),
        FuzzTarget("new-session", fuzzNewSession),
        FuzzTarget("commit", fuzzCommit),
        FuzzTarget("snapshot", fuzzSnapshot),
        FuzzTarget("owner-message", fuzzOwnerMessage),
        FuzzTarget("room-message", fuzzRoomMessage),
        FuzzTarget("engine-packet", fuzzEnginePacket),
        FuzzTarget("engine-payload", fuzzEnginePayload),
        FuzzTarget("engine-request", fuzzEngineRequest),
        FuzzTarget("socket-packet", fuzzSocketPacket),
        FuzzTarget("websocket", fuzzWebSocket),
        FuzzTarget("redis-reply", fuzzRedisReply),
        FuzzTarget("redis-url", fuzzRedisURL),
        FuzzTarget("token", fuzzToken),
        FuzzTarget("bearer", fuzzBearer),
        FuzzTarget("origin", fuzzOrigin),
    ]
}

/// What a decoder did that it must not do.
package struct BrokenLaw: Error, CustomStringConvertible {
    package let description: String
}

func law(_ holds: Bool, _ what: @autoclosure () -> String) throws(BrokenLaw) {
    if !holds { throw BrokenLaw(description: what()) }
}

/// What was written has to be read again: here an error breaks a law.
func must<Value>(_ what: String, _ work: () throws -> Value) throws(BrokenLaw) -> Value {
    do { return try work() } catch { throw BrokenLaw(description: "\(what): \(error)") }
}

extension UnsafeRawBufferPointer {
    var text: String { String(decoding: self, as: UTF8.self) }

    /// The parts between line feeds, at most so many: how a target takes several inputs.
    func lines(max: Int = 64) -> [UnsafeRawBufferPointer] {
        split(separator: UInt8(ascii: "\n"), maxSplits: max - 1, omittingEmptySubsequences: false)
            .map { UnsafeRawBufferPointer(rebasing: $0) }
    }
}
