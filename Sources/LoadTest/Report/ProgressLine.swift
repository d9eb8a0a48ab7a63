package import EventLoopIsolation

/// How a run goes, in one line.
package struct ProgressLine {
    private let phase: LoadRun.Phase
    private let done: Int
    private let total: Int
    private let connected: Int
    private let people: Int
    private let errors: Int
    private let piece: Timeline.Piece
    private let secondsPerPiece: Int

    @LoopActor
    package init(_ run: LoadRun) {
        phase = run.phase
        (done, total) = run.progress
        connected = run.connectedCount
        people = run.peopleExpected
        errors = run.measurements.errors
        let timeline = run.measurements.timeline
        // The last second is not over yet.
        piece = timeline.pieces.dropLast().last ?? Timeline.Piece()
        secondsPerPiece = timeline.secondsPerPiece
    }

    package var plain: String {
        "\(stage)  \(countText(connected)) of \(countText(people)) people  \(figures)"
    }

    /// With a bar, for a terminal.
    package var terminal: String {
        let width = 20
        let filled = total == 0 ? width : min(width, done * width / total)
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        return "\(bar)  \(plain)"
    }

    private var stage: String {
        switch phase {
        case .typing: "\(done)/\(total) s"
        case .checking, .settling, .verifying, .done: phase.rawValue
        }
    }

    private var figures: String {
        func text(_ share: Double) -> String {
            piece.arrival.value(at: share).map(durationText) ?? "–"
        }
        return
            "\(rateText(piece.edits, in: secondsPerPiece)) edits/s  arrival p50 \(text(0.5))  p99 \(text(0.99))  errors \(countText(errors))"
    }
}
