package import Logging

#if canImport(Glibc)
    import Glibc
#endif

/// Writes each event to the standard error as one line, in one call, so that lines of processes that
/// share it stay whole.
package struct LineLogHandler: LogHandler {
    package enum Format: Sendable {
        case json
        case text
    }

    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level
    private let process: String
    private let format: Format

    package init(process: String, level: Logger.Level, format: Format) {
        self.process = process
        self.format = format
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { all["reason"] = "\(error)" }
        let line = LogLine(
            milliseconds: Self.wallMilliseconds,
            level: event.level,
            process: process,
            message: "\(event.message)",
            metadata: all
        )
        Self.write(format == .json ? line.json : line.text)
    }

    private static var wallMilliseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }

    /// What nobody reads any more is lost.
    private static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
            }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
