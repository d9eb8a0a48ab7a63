package import EventLoopIsolation
import NIOCore
package import SocketIO

/// The Socket.IO endpoint of a server: all its connections, and the one tick that keeps their time.
@LoopActor
package final class SocketIOEndpoint {
    package let serverName: String
    package let limits: EngineLimits
    let transport: TransportLimits
    let path: String
    let namespaces: Set<String>
    let application: any SocketIOApplication
    /// Whom the bound for each address counts, nil where it has none.
    private let peerAddress: @Sendable (Handshake) -> String?
    private var addresses: AddressCounts
    private var queues: QueueBudget
    let flushes = FlushQueue()
    let ping = PreparedPacket(.ping(ByteBuffer()))
    let probeAnswer = PreparedPacket(.pong(EnginePacket.probe))
    let noop = PreparedPacket(.noop)
    let close = PreparedPacket(.close)
    /// Seconds since the endpoint was made.
    private(set) var now = 0
    /// By sid; with those that are closed while their last packets wait for a poll.
    private var engines: [String: EngineConnection] = [:]
    private var lingering: [(engine: EngineConnection, until: Int)] = []
    private var refusesNewcomers = false
    private var ticking: RepeatedTask?

    /// `serverName` begins every sid, so that a proxy can send polling back to where it began.
    package init(
        serverName: String,
        application: any SocketIOApplication,
        namespaces: Set<String> = [SocketPacket.rootNamespace],
        path: String = "/socket.io/",
        limits: EngineLimits = EngineLimits(),
        transport: TransportLimits = TransportLimits(),
        peerAddress: @escaping @Sendable (Handshake) -> String? = { _ in nil }
    ) {
        self.serverName = serverName
        self.application = application
        self.namespaces = namespaces
        self.path = path
        self.limits = limits
        self.transport = transport
        self.peerAddress = peerAddress
        addresses = AddressCounts(max: transport.connectionsPerAddressMax)
        queues = QueueBudget(bytesMax: transport.queuedBytesTotalMax)
    }

    /// Starts the tick; without it nobody is pinged and nobody times out.
    package func start() {
        let second = TimeAmount.seconds(1)
        ticking = LoopActor.eventLoop.scheduleRepeatedTask(initialDelay: second, delay: second) {
            [weak self] _ in
            LoopActor.assumeIsolated { self?.tick() }
        }
    }

    /// Takes in nobody new from here on (they are told to try elsewhere); who is here stays.
    package func refuseNewcomers() { refusesNewcomers = true }

    /// Closes every connection and takes in no more, so that the server's shutdown can complete.
    package func stop() {
        refusesNewcomers = true
        ticking?.cancel()
        ticking = nil
        for engine in engines.values { engine.close(because: .serverStopped) }
    }

    package var connections: [SocketIOConnection] { engines.values.flatMap(\.connections) }

    // MARK: Time

    /// One second has passed: a walk over all connections costs less than a timer for each.
    package func tick() {
        now += 1
        for engine in engines.values { engine.tick(now: now) }
        measureQueues()
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

    /// Keeps a closed connection until it is polled for its last packets, though not for long.
    func linger(_ engine: EngineConnection) {
        lingering.append((engine, until: now + limits.closeTimeoutSeconds))
    }

    func forget(_ engine: EngineConnection) {
        guard engines.removeValue(forKey: engine.id) != nil else { return }
        addresses.leave(engine.address)
    }

    // MARK: Memory

    /// Something waits for a peer that has not taken what was sent before.
    func queued(_ bytes: Int) {
        if queues.add(bytes) { measureQueues() }
    }

    private func measureQueues() {
        let all = Array(engines.values)
        for index in queues.measured(all.map(\.queuedBytes)) { all[index].close(because: .tooSlow) }
    }

    private func makeID() -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        let random = (0..<20).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }
        return serverName + "." + String(random)
    }
}
