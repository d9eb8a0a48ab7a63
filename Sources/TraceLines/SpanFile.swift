import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Appends lines to a file, many at a time and away from whoever has them.
///
/// The file is opened for each write, so it can be moved away at any moment: the next write makes a new
/// one. What does not fit in memory while it cannot be written is dropped, and counted.
package final class SpanFile: Sendable {
    /// Runs what it is given soon, on a thread that may wait for a disk.
    package typealias Schedule = @Sendable (@escaping @Sendable () -> Void) -> Void

    private struct Waiting {
        var bytes: [UInt8] = []
        var lines = 0
        var isScheduled = false
    }

    private let path: String
    private let bytesMax: Int
    private let schedule: Schedule
    private let onDropped: @Sendable (_ lines: Int) -> Void
    private let waiting = Mutex(Waiting())
    /// Held while a write is under way, so that there is one at a time.
    private let writing = Mutex(())

    package init(
        path: String,
        bytesMax: Int,
        schedule: @escaping Schedule,
        onDropped: @escaping @Sendable (_ lines: Int) -> Void
    ) {
        self.path = path
        self.bytesMax = bytesMax
        self.schedule = schedule
        self.onDropped = onDropped
    }

    /// Takes a line, its line feed included; never waits for the disk.
    package func append(_ line: [UInt8]) {
        let (isTaken, isDue) = waiting.withLock { waiting in
            guard waiting.bytes.count + line.count <= bytesMax else { return (false, false) }
            waiting.bytes += line
            waiting.lines += 1
            defer { waiting.isScheduled = true }
            return (true, !waiting.isScheduled)
        }
        if !isTaken { onDropped(1) }
        if isDue { schedule { [self] in write() } }
    }

    /// Writes what waits.
    package func write() {
        writing.withLock { _ in
            let batch = waiting.withLock { waiting in
                defer { waiting = Waiting() }
                return waiting
            }
            if batch.lines > 0, !writeAll(batch.bytes) { onDropped(batch.lines) }
        }
    }

    private func writeAll(_ bytes: [UInt8]) -> Bool {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { return false }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
