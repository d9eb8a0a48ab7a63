import EventLoopIsolation
import NIOCore

/// An agenda that calls when something is due: one timer, for whatever is first.
@LoopActor
final class AgendaTimer {
    private var agenda = Agenda()
    private var timer: Scheduled<Void>?
    private var timerDue = Int.max
    private let startedAt: NIODeadline
    var onDue: @LoopActor (Agenda.Item) -> Void = { _ in }

    /// Items are due in nanoseconds from `startedAt`.
    init(startedAt: NIODeadline) {
        self.startedAt = startedAt
    }

    func add(_ item: Agenda.Item) {
        agenda.add(item)
        if item.due < timerDue { arm() }
    }

    func removeAll() {
        agenda.removeAll()
        timer?.cancel()
        timerDue = .max
    }

    private func arm() {
        timer?.cancel()
        guard let first = agenda.first else {
            timerDue = .max
            return
        }
        timerDue = first.due
        let deadline = startedAt + .nanoseconds(Int64(first.due))
        timer = LoopActor.eventLoop.scheduleTask(deadline: deadline) {
            LoopActor.assumeIsolated { self.run() }
        }
    }

    private func run() {
        // What is added meanwhile needs no timer: the loop below or the next one finds it.
        timerDue = .min
        while let item = agenda.take(at: now) { onDue(item) }
        arm()
    }

    private var now: Int { Int(NIODeadline.now().uptimeNanoseconds - startedAt.uptimeNanoseconds) }
}
