import EventLoopIsolation
import NIOCore
import NIOHTTP1
import SocketIO

/// Engine.IO over long polling: one connection that waits for packets, one that brings them.
///
/// A person who polls costs twice the memory of one with a WebSocket, and a request for each edit.
@LoopActor
final class PollingTransport: Transport {
    private weak var delegate: (any TransportDelegate)?
    private let dialer: Dialer
    private let target: Dialer.Target
    private var sid: String?
    private var poller: HTTPConnection?
    private var poster: HTTPConnection?
    private var waiting: [EnginePacket] = []
    private var isPosting = false
    private var isClosed = false

    init(_ dialer: Dialer, _ target: Dialer.Target, delegate: any TransportDelegate) {
        self.dialer = dialer
        self.target = target
        self.delegate = delegate
    }

    func start() { poll() }

    // MARK: Receiving

    private func poll() {
        request(\.poller, HTTPCall(path: path, patience: nil) { [weak self] in self?.polled($0) })
    }

    private func polled(_ result: Result<HTTPAnswer, HTTPFailure>) {
        guard !isClosed else { return }
        switch result {
        case .success(let answer) where answer.status == 200: deliver(answer.body)
        case .success(let answer): return closed("polling was answered with \(answer.status)")
        case .failure(let failure): return closed(failure.reason)
        }
        if !isClosed { poll() }
    }

    private func deliver(_ payload: ByteBuffer) {
        do {
            var packets = EnginePayload(payload)
            while let packet = try packets.next() {
                guard !isClosed else { return }
                var text = ByteBuffer()
                packet.write(into: &text)
                if sid == nil, case .open(let opening) = try ServerPacket(text) {
                    sid = opening.sid
                }
                delegate?.transportReceived(text)
            }
        } catch {
            closed("a payload that is none: \(error)")
        }
    }

    // MARK: Sending

    func send(_ packet: ByteBuffer) {
        guard !isClosed, let packet = try? EnginePacket(text: packet) else { return }
        waiting.append(packet)
        post()
    }

    /// One request at a time, with all that waits: the order of packets is that of the requests.
    private func post() {
        guard !isPosting, !waiting.isEmpty, sid != nil else { return }
        isPosting = true
        let payload = Self.payload(waiting)
        waiting = []
        let call = HTTPCall(
            method: .POST,
            path: path,
            contentType: "text/plain;charset=UTF-8",
            body: payload
        ) { [weak self] result in
            self?.posted(result)
        }
        request(\.poster, call)
    }

    private static func payload(_ packets: [EnginePacket]) -> ByteBuffer {
        let parts = packets.map { PreparedPacket($0).part.readableBytesView }
        return ByteBuffer(bytes: parts.joined(separator: [EnginePayload.separator]))
    }

    private func posted(_ result: Result<HTTPAnswer, HTTPFailure>) {
        isPosting = false
        switch result {
        case .success(let answer) where answer.status == 200: post()
        case .success(let answer): closed("a post was answered with \(answer.status)")
        case .failure(let failure): closed(failure.reason)
        }
    }

    // MARK: Ending

    /// The goodbye travels by itself; nobody waits for its answer.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        delegate = nil
        poller?.close()
        guard sid != nil, let poster, !poster.isClosed, !isPosting else {
            poster?.close()
            return
        }
        waiting.append(.close)
        let call = HTTPCall(
            method: .POST,
            path: path,
            contentType: "text/plain;charset=UTF-8",
            body: Self.payload(waiting)
        ) { _ in
            poster.close()
        }
        poster.start(call)
    }

    func abort() {
        isClosed = true
        delegate = nil
        poller?.abort()
        poster?.abort()
    }

    private func closed(_ reason: String) {
        guard !isClosed else { return }
        let delegate = delegate
        abort()
        delegate?.transportClosed(reason)
    }

    // MARK: Requests

    private var path: String {
        "/socket.io/?EIO=4&transport=polling" + (sid.map { "&sid=\($0)" } ?? "")
    }

    /// Makes a call on one of the two connections, which a proxy may have closed since the last.
    private func request(
        _ connection: ReferenceWritableKeyPath<PollingTransport, HTTPConnection?>,
        _ call: HTTPCall
    ) {
        if let open = self[keyPath: connection], !open.isClosed { return open.start(call) }
        let new = HTTPConnection(host: target.url.authority)
        self[keyPath: connection] = new
        new.open(dialer, target) { failure in
            if let failure { call.completion(.failure(failure)) } else { new.start(call) }
        }
    }
}
