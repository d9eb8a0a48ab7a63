import EventLoopIsolation
import NIOCore

/// A few connections that share the calls to REST; a call waits for a free one.
@LoopActor
final class HTTPClient {
    private let dialer: Dialer
    private let connectionsMax: Int
    private var idle: [(connection: HTTPConnection, target: Int)] = []
    private var openCount = 0
    private var waiting: [HTTPCall] = []
    private var turn = 0
    /// Told of each 429.
    var onRateLimited: @LoopActor () -> Void = {}

    init(_ dialer: Dialer, connectionsMax: Int) {
        self.dialer = dialer
        self.connectionsMax = connectionsMax
    }

    func start(_ call: HTTPCall) {
        waiting.append(call)
        serve()
    }

    /// Fails all that waits: nobody is there to answer.
    func giveUp(_ failure: HTTPFailure) {
        let given = waiting
        waiting = []
        for call in given { call.completion(.failure(failure)) }
    }

    func close() {
        for (connection, _) in idle { connection.close() }
        idle = []
    }

    private func serve() {
        while !waiting.isEmpty {
            if let next = idle.popLast() {
                if next.connection.isClosed { openCount -= 1 } else { use(next) }
            } else if openCount < connectionsMax {
                open()
                return
            } else {
                return
            }
        }
    }

    private func open() {
        openCount += 1
        let target = turn
        turn += 1
        let connection = HTTPConnection(host: dialer.target(target).url.authority)
        connection.open(dialer, dialer.target(target)) { [self] failure in
            guard let failure else {
                idle.append((connection, target))
                return serve()
            }
            openCount -= 1
            guard !waiting.isEmpty else { return }
            waiting.removeFirst().completion(.failure(failure))
            serve()
        }
    }

    private func use(_ entry: (connection: HTTPConnection, target: Int)) {
        let call = waiting.removeFirst()
        let passed = HTTPCall(
            method: call.method,
            path: call.path,
            bearer: call.bearer,
            contentType: call.contentType,
            body: call.body,
            patience: call.patience
        ) { [self] result in
            if entry.connection.isClosed { openCount -= 1 } else { idle.append(entry) }
            finished(call, result)
            serve()
        }
        entry.connection.start(passed)
    }

    private func finished(_ call: HTTPCall, _ result: Result<HTTPAnswer, HTTPFailure>) {
        guard case .success(let answer) = result, answer.status == 429 else {
            return call.completion(result)
        }
        onRateLimited()
        call.completion(result)
    }
}
