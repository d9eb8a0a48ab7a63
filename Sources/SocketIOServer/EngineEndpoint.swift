package import EventLoopIsolation
import NIOCore
package import SocketIO

/// An Engine.IO endpoint of a server: all its connections, and the one clock that keeps their time.
@LoopActor
package final class EngineEndpoint {
    package typealias MakeReceiver = @LoopActor (EngineConnection) -> any EngineReceiver

    package let serverName: String
    package let limits: EngineLimits
    nonisolated let transport: TransportLimits
    let path: String
    let flushes = FlushQueue()
    let ping = PreparedPacket(EnginePacket.ping(ByteBuffer()))
    let probeAnswer = PreparedPacket(EnginePacket.pong(EnginePacket.probe))
    let noop = PreparedPacket(EnginePacket.noop)
    let close = PreparedPacket(EnginePacket.close)
    /// Milliseconds since the endpoint was made, as of the last turn.
    package private(set) var now = 0
    /// When that was, once the endpoint keeps its time itself.
    private var lastTurn: NIODeadline?
    private let admits: @LoopActor (Handshake) -> Bool
    /// Whom the bound for each address counts, nil where it has none.
    private let peerAddress: @Sendable (Handshake) -> String?
    private var addresses: AddressCounts
    private var queues: QueueBudget
    let makeReceiver: MakeReceiver
    /// By sid; with those that are closed while their last packets wait for a poll.
    private var engines = Rounds<String, EngineConnection>(of: turnsPerTick)
    private var lingering: [(engine: EngineConnection, until: Int)] = []
    private var refusesNewcomers = false
    private var turns: RepeatedTask?
    private var queuesMeasuredAt = 0

    /// `serverName` begins every sid, so that a proxy can send polling back to where it began.
    ///
    /// `admits` is asked before a connection is opened, and refuses with 403. `makeReceiver` is called
    /// once for each that was, and may send at once.
    package init(
        serverName: String,
        path: String = "/engine.io/",
        limits: EngineLimits = EngineLimits(),
        transport: TransportLimits = TransportLimits(),
        peerAddress: @escaping @Sendable (Handshake) -> String? = { _ in nil },
        admits: @escaping @LoopActor (Handshake) -> Bool = { _ in true },
        makeReceiver: @escaping MakeReceiver
    ) {
        self.serverName = serverName
        self.path = path
        self.limits = limits
        self.transport = transport
        self.peerAddress = peerAddress
        addresses = AddressCounts(max: transport.connectionsPerAddressMax)
        queues = QueueBudget(bytesMax: transport.queuedBytesTotalMax)
        self.admits = admits
        self.makeReceiver = makeReceiver
    }

    /// Starts the clock; without it nobody is pinged and nobody times out.
    package func start() {
        let pause = TimeAmount.milliseconds(Int64(turnMilliseconds))
        lastTurn = .now()
        turns = LoopActor.eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) {
            [weak self] _ in
            LoopActor.assumeIsolated { self?.keepTime() }
        }
    }

    /// Takes in nobody new from here on (they are told to try elsewhere); who is here stays.
    package func refuseNewcomers() { refusesNewcomers = true }

    /// Closes every connection and takes in no more, so that the server's shutdown can complete.
    package func stop() {
        refusesNewcomers = true
        turns?.cancel()
        turns = nil
        lastTurn = nil
        for engine in engines.values { engine.close(because: .serverStopped) }
    }

    package var connections: some Sequence<EngineConnection> { engines.values }
    package var connectionCount: Int { engines.count }
    /// What waited for all peers when it was measured last, a tick ago at most.
    package var queuedBytes: Int { queues.bytes }

    // MARK: Time

    /// A tick's turns: each connection has one of them.
    private static let turnsPerTick = 10
    private static let passedMillisecondsMax = 1_000

    private var turnMilliseconds: Int { limits.tickMilliseconds / Self.turnsPerTick }

    /// Lets time pass if that of a turn has; asked before requests too, as a busy loop is late.
    ///
    /// A process that was stopped for a while must not take that for its peers' silence, so it counts
    /// for a moment only.
    func keepTime() {
        guard let lastTurn else { return }
        let time = NIODeadline.now()
        let passed = Int((time - lastTurn).nanoseconds / 1_000_000)
        guard passed >= turnMilliseconds else { return }
        self.lastTurn = time
        pass(milliseconds: min(passed, Self.passedMillisecondsMax))
    }

    /// Looks at those connections whose turn has come: less than a timer for each, and never long.
    package func pass(milliseconds: Int) {
        now += milliseconds
        for _ in 0..<min(milliseconds / turnMilliseconds, Self.turnsPerTick) {
            for engine in engines.nextTurn() { engine.tick(now: now) }
        }
        if now - queuesMeasuredAt >= limits.tickMilliseconds { measureQueues() }
        while let first = lingering.first, now >= first.until {
            lingering.removeFirst()
            forget(first.engine)
        }
    }

    // MARK: Opening and closing

    func open(
        _ transport: EngineState.Transport,
        handshake: Handshake
    ) throws(EngineRefusal) -> EngineConnection {
        guard !refusesNewcomers, engines.count < limits.connectionsMax else { throw .unavailable }
        guard admits(handshake) else { throw .forbidden }
        let address = peerAddress(handshake)
        guard addresses.enter(address) else { throw .tooManyConnections }
        let engine = EngineConnection(
            id: makeID(),
            handshake: handshake,
            endpoint: self,
            openedOn: transport,
            address: address
        )
        engines[engine.id] = engine
        return engine
    }

    func engine(_ sid: Substring) -> EngineConnection? { engines[String(sid)] }

    func knows(_ engine: EngineConnection) -> Bool { engines[engine.id] != nil }

    /// Keeps a closed connection until it is polled for its last packets, though not for long.
    func linger(_ engine: EngineConnection) {
        lingering.append((engine, until: now + limits.closeTimeoutMilliseconds))
    }

    func forget(_ engine: EngineConnection) {
        guard knows(engine) else { return }
        engines[engine.id] = nil
        addresses.leave(engine.address)
    }

    // MARK: Memory

    /// Something waits for a peer that has not taken what was sent before.
    func queued(_ bytes: Int) {
        if queues.add(bytes) { measureQueues() }
    }

    private func measureQueues() {
        queuesMeasuredAt = now
        let all = Array(engines.values)
        for index in queues.measured(all.map(\.queuedBytes)) { all[index].close(because: .tooSlow) }
    }

    private func makeID() -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        let random = (0..<20).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }
        return serverName + "." + String(random)
    }
}
