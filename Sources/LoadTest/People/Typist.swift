/// Decides what a person does next, and when: pure, so a seed tells the whole run.
///
/// The moments are intended ones: each follows from the one before, never from how long anything
/// took. A slow deployment is typed at all the same, and its slowness is measured in full.
/// They are whole milliseconds, as keyboards report them: of thousands of people several are due at
/// once, and the process is woken once for them.
package struct Typist: Sendable {
    package enum Manner: Sendable {
        /// As people do.
        case person(Behavior)
        /// One key at a fixed interval in nanoseconds: for benchmarks.
        case steady(interval: Int)
        /// What was recorded, at the pace of people.
        case replay(Trace, Behavior)
    }

    package enum Action: Equatable, Sendable {
        /// Replaces `delete` units before the caret by so many of the corpus.
        case edit(delete: Int, insert: Int)
        /// One patch of the trace: its place counts from the start of the person's own part.
        case patch(Trace.Patch)
        case changeLanguage
        case leave(seconds: Int)
        case loseNetwork(seconds: Int)
        /// The trace has ended.
        case nothing
    }

    package struct Step: Equatable, Sendable {
        package var action: Action
        /// Where the caret goes before, relative to where it is; nil where it stays.
        package var move: Int?
        /// Whether the others are told where the caret is.
        package var tellsSelection = false
    }

    private let manner: Manner
    package var random: RandomSource
    /// When the next step is due, in nanoseconds of the run.
    package var due: Int { (planned + 999_999) / 1_000_000 * 1_000_000 }
    private var planned: Int
    private var strokesLeft = 0
    private var interval = 0
    private var patchesDone = 0
    private var sinceLast = 0

    package init(_ manner: Manner, seed: UInt64, from start: Int) {
        self.manner = manner
        random = RandomSource(seed: seed)
        planned = start
        if case .steady(let interval) = manner {
            // Or all of a room would type at once.
            planned += Int(random.share() * Double(interval))
        } else {
            planned += Int(random.share() * 2e9)
            beginBurst()
        }
    }

    /// The step that is due, and moves on to the next; `length` is that of the text.
    package mutating func step(length: Int) -> Step {
        let passed = sinceLast
        defer { advance() }
        switch manner {
        case .steady:
            return Step(
                action: length < 10_000 ? .edit(delete: 0, insert: 1) : .edit(delete: 1, insert: 0)
            )
        case .replay(let trace, _):
            guard patchesDone < trace.patches.count else { return Step(action: .nothing) }
            patchesDone += 1
            return Step(action: .patch(trace.patches[patchesDone - 1]))
        case .person(let behavior):
            return step(behavior, length: length, passed: passed)
        }
    }

    private mutating func advance() {
        let before = planned
        switch manner {
        case .steady(let interval): planned += interval
        case .person(let behavior), .replay(_, let behavior):
            strokesLeft -= 1
            if strokesLeft > 0 {
                planned += interval
            } else {
                planned += random.draw(behavior.pauseSeconds) * 1_000_000_000
                planned += Int(random.share() * 1e9)
                beginBurst()
            }
        }
        sinceLast = planned - before
    }

    private mutating func beginBurst() {
        guard let behavior = manner.behavior else { return }
        strokesLeft = random.draw(behavior.strokesPerBurst)
        interval = max(1, random.draw(behavior.millisecondsPerStroke)) * 1_000_000
    }

    // MARK: People

    private mutating func step(_ behavior: Behavior, length: Int, passed: Int) -> Step {
        if happens(behavior.networkLossesPerHour, in: passed) {
            return Step(action: .loseNetwork(seconds: max(1, random.draw(behavior.awaySeconds))))
        }
        if happens(behavior.leavesPerHour, in: passed) {
            return Step(action: .leave(seconds: max(1, random.draw(behavior.awaySeconds))))
        }
        if happens(behavior.languageChangesPerHour, in: passed) {
            return Step(action: .changeLanguage)
        }
        var step = Step(action: edit(behavior, length: length))
        if random.chance(perMille: behavior.movesPerMille) {
            let distance = random.draw(behavior.moveLength)
            step.move = random.next() & 1 == 0 ? distance : -distance
        }
        step.tellsSelection = random.chance(perMille: behavior.selectionsPerMille)
        return step
    }

    private mutating func happens(_ perHour: Int, in nanoseconds: Int) -> Bool {
        perHour > 0 && random.share() < Double(perHour) * Double(nanoseconds) / 3.6e12
    }

    private mutating func edit(_ behavior: Behavior, length: Int) -> Action {
        let isFull = length >= behavior.documentLengthMax
        var place = Int(random.next() % 1_000)
        for (share, kind) in [
            (behavior.backspacesPerMille, Kind.backspace), (behavior.pastesPerMille, .paste),
            (behavior.cutsPerMille, .cut), (behavior.replacementsPerMille, .replacement),
        ] {
            if place < share { return edit(kind, behavior, isFull: isFull) }
            place -= share
        }
        return isFull ? .edit(delete: 1, insert: 0) : .edit(delete: 0, insert: 1)
    }

    private enum Kind { case backspace, paste, cut, replacement }

    private mutating func edit(_ kind: Kind, _ behavior: Behavior, isFull: Bool) -> Action {
        switch kind {
        case .backspace: return .edit(delete: 1, insert: 0)
        case .paste:
            let length = max(1, random.draw(behavior.pasteLength))
            return isFull ? .edit(delete: length, insert: 0) : .edit(delete: 0, insert: length)
        case .cut: return .edit(delete: max(1, random.draw(behavior.cutLength)), insert: 0)
        case .replacement:
            let length = max(1, random.draw(behavior.replacementLength))
            return .edit(delete: length, insert: length)
        }
    }
}

extension Typist.Manner {
    fileprivate var behavior: Behavior? {
        switch self {
        case .person(let behavior), .replay(_, let behavior): behavior
        case .steady: nil
        }
    }
}
