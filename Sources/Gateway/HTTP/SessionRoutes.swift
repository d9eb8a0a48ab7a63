import Coordination
import HTTPTypes
import Hummingbird
import JSONText
import NIOCore
import OperationalTransform
import RoomModel
import WireFormat

/// `/api/sessions`: create, read, delete.
///
/// What happens inside a session goes over its socket.
struct SessionRoutes: Sendable {
    let channels: RoomChannels
    let signer: Signer
    let clock: ProcessClock
    /// What links begin with, for example `https://viva.example`.
    let publicURL: String
    /// Whoever creates a session has to know it; nil where anybody may.
    let apiKey: String?

    func create(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        if let apiKey, request.bearerToken.map({ $0.isEqualInConstantTime(to: apiKey) }) != true {
            throw Problem.apiKeyRequired
        }
        let new = try NewSessionRequest(try await Self.body(of: request))
        let created = clock.wallMilliseconds()
        let room = RoomID(rawValue: randomIdentifier())
        var snapshot = Snapshot(text: new.text, language: new.language)
        snapshot.title = new.title
        snapshot.admission = new.admission
        try await available {
            _ = try await channels.create(
                NewRoom(title: new.title, createdMilliseconds: created, snapshot: snapshot),
                as: RoomKeys(room)
            )
        }
        var response = json(status: .created) { writer in
            writeHead(room, title: new.title, language: new.language, created, into: &writer)
            writer.key("admission")
            writer.string(new.admission.rawValue)
            writer.key("links")
            writeLinks(room, into: &writer)
        }
        response.headers[.location] = "/api/sessions/\(room.rawValue)"
        return response
    }

    func read(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let admission = try admission(request, context)
        let loaded = try await load(admission.room)
        let room = try loaded.room().snapshot
        let notes = try await notes(for: admission)
        return json(status: .ok) { writer in
            writeHead(
                admission.room,
                title: room.title ?? loaded.title,
                language: room.language,
                loaded.createdMilliseconds,
                into: &writer
            )
            writer.key("admission")
            writer.string(room.admission.rawValue)
            writer.key("state")
            writer.string(room.ended ? "ended" : "open")
            writer.key("revision")
            writer.integer(room.revision.rawValue)
            room.encodeTimer(into: &writer)
            room.encodeParticipants(into: &writer)
            // Whoever holds a candidate's link may be one who waits.
            if admission.role != .candidate || room.admission == .open {
                writer.key("text")
                writer.string(room.text)
                room.encodeEvents(into: &writer)
            }
            if let notes {
                writer.key("notes")
                writer.raw(notes.argument().readableBytesView)
            }
        }
    }

    func delete(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let admission = try admission(request, context)
        guard admission.role == .interviewer else { throw Problem.wrongRole }
        let existed = try await available {
            try await channels.delete(RoomKeys(admission.room))
        }
        guard existed else { throw Problem.unknownSession }
        return Response(status: .noContent)
    }

    // MARK: Parts

    /// Only who has a good token learns whether the session exists.
    private func admission(
        _ request: Request,
        _ context: GatewayRequestContext
    ) throws -> Signer.Admission {
        guard let token = request.bearerToken else { throw Problem.missingToken }
        guard let admission = signer.admission(of: token),
            admission.room.rawValue == context.parameters.get("id")
        else { throw Problem.invalidToken }
        return admission
    }

    private func load(_ room: RoomID) async throws -> LoadedRoom {
        do {
            return try await channels.load(RoomKeys(room))
        } catch {
            throw error == .unknownRoom ? Problem.unknownSession : .unavailable(part: "redis")
        }
    }

    /// Nil for whoever may not have them.
    private func notes(for admission: Signer.Admission) async throws -> RoomNotes? {
        guard admission.role.hasNotes else { return nil }
        return try await available { try await channels.notes(of: RoomKeys(admission.room)) }
    }

    private func available<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch { throw Problem.unavailable(part: "redis") }
    }

    private static func body(of request: Request) async throws -> ByteBuffer {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type?.filter({ $0 != " " }) == "application/json" else {
            throw Problem.unsupportedType
        }
        var request = request
        do {
            return try await request.collectBody(upTo: Limits.HTTP.bodyBytesMax)
        } catch let error as HTTPError {
            throw error
        } catch {
            // Nothing but a body that breaks HTTP's own rules, or off, gets here.
            throw Problem.malformedRequest
        }
    }

    private func json(
        status: HTTPResponse.Status,
        _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter()
        writer.beginObject()
        write(&writer)
        writer.endObject()
        return Response(
            status: status,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes))
        )
    }

    private func writeHead(
        _ room: RoomID,
        title: String,
        language: String,
        _ created: Int,
        into writer: inout JSONWriter
    ) {
        writer.key("id")
        writer.string(room.rawValue)
        writer.key("title")
        writer.string(title)
        writer.key("language")
        writer.string(language)
        writer.key("createdAt")
        writer.string(timestamp(milliseconds: created))
    }

    private func writeLinks(_ room: RoomID, into writer: inout JSONWriter) {
        writer.beginObject()
        for role in Role.allCases {
            let token = signer.token(room: room, role: role)
            switch role {
            case .interviewer: writer.key("interviewer")
            case .candidate: writer.key("candidate")
            case .observer: writer.key("observer")
            }
            writer.string("\(publicURL)/s/\(room.rawValue)#\(token)")
        }
        writer.endObject()
    }
}
