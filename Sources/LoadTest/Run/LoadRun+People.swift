import EventLoopIsolation
import NIOCore
import RoomModel

/// What people ask of the run: a connection, something to type, chance, and to be counted.
extension LoadRun {
    func connect(_ person: Person) -> any Transport {
        let turn = connections
        connections += 1
        let target = dialer.target(turn)
        // Spread evenly: of a hundred in a row, as many as were asked for.
        if turn * settings.pollingPercent % 100 + settings.pollingPercent >= 100 {
            let transport = PollingTransport(dialer, target, delegate: person)
            // Not before the person has it.
            LoopActor.eventLoop.execute { LoopActor.assumeIsolated { transport.start() } }
            return transport
        }
        return dialer.openWebSocket(to: target, delegate: person)
    }

    /// Somebody was welcomed for the first time, or anew after a leave.
    func joined(_ person: Person) {
        guard person.role != .observer, person.typist == nil, phase == .typing, isAnybodyTyping
        else { return }
        let typist = Typist(manner, seed: randomSource.next(), from: now)
        person.typist = typist
        agenda(.type, at: typist.due, person)
    }

    /// At no edits a second everybody is just there.
    private var isAnybodyTyping: Bool {
        if case .steady(perSecond: 0) = settings.manner { false } else { true }
    }

    private var manner: Typist.Manner {
        switch settings.manner {
        case .people(let behavior): .person(behavior)
        case .steady(let perSecond): .steady(interval: Int(1e9 / perSecond))
        case .replay(let trace, let behavior): .replay(trace, behavior)
        }
    }

    /// What began before anything was measured is not counted either, or edits and their commits
    /// would not be as many.
    func record(_ measure: Measure, from: Int, to: Int, counting tally: Tally? = nil) {
        guard from >= measuresFrom || measure == .connect || measure == .join else { return }
        measurements.record(measure, (to - from) / 1_000, second: secondNow)
        if let tally { measurements.count(tally, second: secondNow) }
    }

    func count(_ tally: Tally) {
        guard now >= measuresFrom || Tally.errors.contains(tally) else { return }
        measurements.count(tally, second: secondNow)
    }

    func countEdit(at moment: Int) {
        if moment >= measuresFrom { measurements.count(.edits, second: secondNow) }
    }

    func rejected(_ code: String) {
        count(.rejections)
        lastRefusal = "a proposal was rejected: \(code)"
    }

    func refused(_ reason: String) {
        count(.refusals)
        if reason.hasSuffix(" 429") { count(.rateLimited) }
        lastRefusal = reason
    }

    func random(below bound: UInt64) -> UInt64 { randomSource.next() % bound }

    /// Between half and all of it.
    func spread(milliseconds: Int) -> Int {
        milliseconds / 2 + Int(random(below: UInt64(milliseconds / 2 + 1)))
    }

    func language() -> String {
        ["python", "javascript", "go", "rust", "java"][Int(random(below: 5))]
    }

    /// People go through the corpus in a row, each from a place of their own.
    func corpusPlace(of person: Person) -> Int { person.index * 7 + person.caret }
}
