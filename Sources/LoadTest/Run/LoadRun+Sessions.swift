import EventLoopIsolation
import JSONText
import NIOCore
import NIOHTTP1
import RoomModel
import WireFormat

/// What the run asks of REST.
extension LoadRun {
    // MARK: Before

    /// Makes sure that every target is a deployment of Viva.
    func check(_ completion: @escaping @LoopActor (RunFailure?) -> Void) {
        check(targetsFrom: 0, completion)
    }

    private func check(
        targetsFrom index: Int,
        _ completion: @escaping @LoopActor (RunFailure?) -> Void
    ) {
        guard index < dialer.targets.count else { return completion(nil) }
        let target = dialer.targets[index]
        let connection = HTTPConnection(host: target.url.authority)
        connection.open(dialer, target) { failure in
            if let failure {
                return completion(.notReachable(target.url, reason: failure.reason))
            }
            self.dialer.found(connection.remoteAddress, ofTarget: index)
            connection.start(
                HTTPCall(path: "/api/health") { result in
                    connection.close()
                    if let failure = Self.failure(of: result, at: target.url) {
                        return completion(failure)
                    }
                    self.check(targetsFrom: index + 1, completion)
                }
            )
        }
    }

    private static func failure(
        of result: Result<HTTPAnswer, HTTPFailure>,
        at url: TargetURL
    ) -> RunFailure? {
        switch result {
        case .failure(let failure): return .notReachable(url, reason: failure.reason)
        case .success(let answer):
            if answer.status == 429 { return .rateLimited(url) }
            guard answer.status == 200 else { return .notViva(url, found: "\(answer.status)") }
            let status = try? answer.body.readingJSON { reader in
                var status = ""
                try reader.members { key, reader in
                    if key == "status" { status = try reader.string() }
                }
                return status
            }
            return status == "ok" ? nil : .notViva(url, found: "something else")
        }
    }

    // MARK: Creating

    func createSession(_ room: LoadRoom, dueAt due: Int) {
        guard phase == .typing else { return }
        let text = room.initialText
        let json = JSONWriter.bytes { writer in
            writer.beginObject()
            writer.key("title")
            writer.string("Load test \(room.index + 1)")
            writer.key("language")
            writer.string("python")
            writer.key("text")
            writer.string(text)
            writer.endObject()
        }
        http.start(
            HTTPCall(
                method: .POST,
                path: "/api/sessions",
                bearer: settings.apiKey,
                body: ByteBuffer(bytes: json)
            ) { [unowned self] result in
                created(room, result, dueAt: due)
            }
        )
    }

    private func created(
        _ room: LoadRoom,
        _ result: Result<HTTPAnswer, HTTPFailure>,
        dueAt due: Int
    ) {
        guard phase == .typing else { return }
        switch result {
        case .success(let answer) where answer.status == 201:
            record(.create, from: due, to: now)
            do {
                try populate(room, session: LoadRoom.Session(created: answer.body))
            } catch {
                room.fault("the answer to a new session is malformed: \(error)")
            }
        case .success(let answer) where answer.status == 401:
            fail(.apiKeyRequired(given: settings.apiKey != nil))
        case .success(let answer) where answer.status == 429 || answer.status >= 500:
            refused("a session could not be created: \(answer.status)")
            again(room, dueAt: due, seconds: answer.retryAfterSeconds ?? 1)
        case .success(let answer):
            fail(.sessionRefused(status: answer.status, title: String(buffer: answer.body)))
        case .failure(let failure):
            refused(failure.reason)
            again(room, dueAt: due, seconds: 1)
        }
    }

    private func again(_ room: LoadRoom, dueAt due: Int, seconds: Int) {
        let pause = TimeAmount.milliseconds(
            Int64(min(60, seconds) * 1_000 + spread(milliseconds: 1_000))
        )
        LoopActor.eventLoop.scheduleTask(in: pause) {
            LoopActor.assumeIsolated { self.createSession(room, dueAt: due) }
        }
    }

    private func populate(_ room: LoadRoom, session: LoadRoom.Session) {
        let newcomers = (0..<settings.peopleInRoom).map { place in
            let role: Role =
                place >= settings.peoplePerRoom
                ? .observer : place == 0 ? .interviewer : .candidate
            return Person(
                index: people.count + place,
                place: place,
                name: "\(role.rawValue) \(place + 1) of room \(room.index + 1)",
                role: role,
                room: room,
                run: self
            )
        }
        people += newcomers
        room.created(session, people: newcomers)
        for person in newcomers {
            person.comesAt = now
            person.come()
        }
    }
}

extension LoadRoom.Session {
    /// The answer to `POST /api/sessions`: the token of each link stands behind its #.
    init(created json: ByteBuffer) throws {
        var id = ""
        var tokens: [Role: String] = [:]
        try json.readingJSON { reader in
            try reader.members { key, reader in
                switch key {
                case "id": id = try reader.string()
                case "links":
                    try reader.members { name, reader in
                        let link = try reader.string()
                        guard let role = Role(rawValue: name), let hash = link.lastIndex(of: "#")
                        else { return }
                        tokens[role] = String(link[link.index(after: hash)...])
                    }
                default: break
                }
            }
        }
        guard !id.isEmpty, tokens.count == Role.allCases.count else { throw ReportError.malformed }
        self.init(id: id, tokens: tokens)
    }
}
