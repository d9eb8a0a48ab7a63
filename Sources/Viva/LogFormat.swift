import LogLines

#if canImport(Glibc)
    import Glibc
#endif

/// How a process writes its log.
enum LogFormat: String, CaseIterable, Sendable {
    case auto
    case json
    case text

    var lines: LineLogHandler.Format {
        switch self {
        case .auto: isatty(STDERR_FILENO) == 1 ? .text : .json
        case .json: .json
        case .text: .text
        }
    }
}
