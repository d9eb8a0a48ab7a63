import EventLoopIsolation
import LoadTest

#if canImport(Glibc)
    import Glibc
#endif

/// Shows how a run goes: a line that is drawn anew in a terminal, else a line now and then.
@LoopActor
final class ProgressWriter {
    private static let secondsPerLine = 10

    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var seconds = 0

    func show(_ run: LoadRun) {
        let line = ProgressLine(run)
        if isTerminal {
            StandardError.write("\r\u{1B}[2K\(line.terminal)")
        } else if seconds % Self.secondsPerLine == 0 {
            StandardError.write(line.plain + "\n")
        }
        seconds += 1
    }

    /// Leaves the place to the report.
    func clear() {
        if isTerminal { StandardError.write("\r\u{1B}[2K") }
    }
}

enum StandardError {
    static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes {
                Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
            }
            // Nobody reads it any more.
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
