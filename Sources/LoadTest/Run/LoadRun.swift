package import EventLoopIsolation
import NIOCore
import OperationalTransform
import RoomModel

/// One run from the first session to the report; everything in it happens on the loop.
///
/// ```
/// checking ──▶ typing ──duration over, interrupted──▶ settling ──▶ verifying ──▶ done
/// ```
@LoopActor
package final class LoadRun {
    package enum Phase: String, Sendable { case checking, typing, settling, verifying, done }

    let settings: LoadSettings
    let dialer: Dialer
    let http: HTTPClient
    var rooms: [LoadRoom] = []
    var people: [Person] = []
    package internal(set) var phase = Phase.checking
    package internal(set) var measurements = Measurements()
    package internal(set) var isInterrupted = false
    /// Interrupted twice: nobody wants to wait any more.
    var isHurried = false
    /// What was said last to somebody who was not let in.
    var lastRefusal: String?

    let agenda: AgendaTimer
    var randomSource: RandomSource
    private let startedAt: NIODeadline
    let startedMilliseconds: Int
    var meter = UsageMeter()
    var connections = 0
    var settleUntil = 0
    var completion: (@LoopActor (Result<LoadReport, RunFailure>) -> Void)?
    /// Called once a second.
    package var onSecond: @LoopActor (LoadRun) -> Void = { _ in }

    package init(_ settings: LoadSettings) throws(RunFailure) {
        self.settings = settings
        startedAt = .now()
        agenda = AgendaTimer(startedAt: startedAt)
        startedMilliseconds = ProcessUsage.wallMilliseconds
        dialer = try Dialer(settings.targets, caFile: settings.caFile)
        http = HTTPClient(dialer, connectionsMax: 8)
        randomSource = RandomSource(seed: settings.seed)
        agenda.onDue = { [unowned self] in carryOut($0) }
        http.onRateLimited = { [unowned self] in count(.rateLimited) }
        // Each person has a socket, over polling two; the rest is for REST and the process itself.
        let needed = settings.people * (100 + settings.pollingPercent) / 100 + 64
        let allowed = ProcessUsage.raiseFileLimit()
        guard needed <= allowed else { throw .tooFewFiles(needed: needed, allowed: allowed) }
    }

    // MARK: Time

    /// Nanoseconds of the run.
    var now: Int { Int(NIODeadline.now().uptimeNanoseconds - startedAt.uptimeNanoseconds) }

    var rampEnd: Int { typingSince + settings.rampSeconds * 1_000_000_000 }
    var measuresFrom: Int {
        settings.warmupSeconds == 0 ? 0 : rampEnd + settings.warmupSeconds * 1_000_000_000
    }
    var typingEnd: Int { rampEnd + settings.durationSeconds * 1_000_000_000 }
    private(set) var typingSince = 0
    var typedUntil = 0

    // MARK: Running

    /// Makes the run and returns what it found; throws where none could be made.
    package func run() async throws(RunFailure) -> LoadReport {
        let result = await withCheckedContinuation { continuation in
            completion = { result in continuation.resume(returning: result) }
            check { [self] failure in
                guard phase == .checking else { return }
                if let failure { fail(failure) } else { begin() }
            }
        }
        return try result.get()
    }

    /// Ramps up; what follows comes by itself.
    func begin() {
        phase = .typing
        typingSince = now
        meter.begin()
        let spacing = settings.rampSeconds * 1_000_000_000 / max(1, settings.rooms)
        for index in 0..<settings.rooms {
            rooms.append(LoadRoom(index: index, initialText: initialText))
            add(.createRoom, at: typingSince + index * spacing, subject: index)
        }
        second()
    }

    private var initialText: String {
        if case .replay(let trace, _) = settings.manner {
            return ReplayText.make(trace, people: settings.peoplePerRoom)
        }
        return Corpus.text
    }

    // MARK: Once a second

    private func second() {
        guard phase != .done else { return }
        let now = now
        for person in people { person.tick(at: now) }
        let percent = meter.sample(at: now)
        let connected = connectedCount
        measurements.timeline.update(second: secondNow) { piece in
            piece.connected = connected
            piece.processor = percent
        }
        if phase == .typing, now >= typingEnd { settle() }
        onSecond(self)
        LoopActor.eventLoop.scheduleTask(in: .seconds(1)) {
            LoopActor.assumeIsolated { self.second() }
        }
    }

    package var connectedCount: Int { people.count { $0.stage == .present } }
    package var peopleExpected: Int { settings.people }
    /// Seconds since typing began, of how many.
    package var progress: (done: Int, of: Int) {
        (
            min((now - typingSince) / 1_000_000_000, (typingEnd - typingSince) / 1_000_000_000),
            (typingEnd - typingSince) / 1_000_000_000
        )
    }

    var secondNow: Int { max(0, now - typingSince) / 1_000_000_000 }

    // MARK: Agenda

    func agenda(_ kind: Agenda.Kind, at due: Int, _ person: Person) {
        add(kind, at: due, subject: person.index)
    }

    private func add(_ kind: Agenda.Kind, at due: Int, subject: Int) {
        agenda.add(Agenda.Item(due: due, subject: Int32(subject), kind: kind))
    }

    private func carryOut(_ item: Agenda.Item) {
        switch item.kind {
        case .createRoom: createSession(rooms[Int(item.subject)], dueAt: item.due)
        case .connect:
            let person = people[Int(item.subject)]
            if person.comesAt == item.due { person.comeNow() }
        case .type: type(people[Int(item.subject)], dueAt: item.due)
        }
    }

    private func type(_ person: Person, dueAt due: Int) {
        guard phase == .typing else { return }
        record(.lateness, from: due, to: now)
        if let next = person.type(dueAt: due) { agenda(.type, at: next, person) }
    }
}
