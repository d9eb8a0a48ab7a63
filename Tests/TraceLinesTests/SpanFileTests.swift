import Glibc
import Synchronization
import Testing
import TraceLines

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct SpanFileTests {
    /// Holds what is scheduled until it is asked for, and counts what is dropped.
    private final class Later: Sendable {
        private let work = Mutex<[@Sendable () -> Void]>([])
        private let lines = Atomic<Int>(0)

        var count: Int { work.withLock { $0.count } }
        var dropped: Int { lines.load(ordering: .relaxed) }

        func file(_ path: String, bytesMax: Int = 1_000) -> SpanFile {
            SpanFile(
                path: path,
                bytesMax: bytesMax,
                schedule: { work in self.work.withLock { $0.append(work) } },
                onDropped: { self.lines.wrappingAdd($0, ordering: .relaxed) }
            )
        }

        func run() {
            let due = work.withLock { work in
                defer { work = [] }
                return work
            }
            for work in due { work() }
        }
    }

    private let later = Later()
    private let directory: String

    init() throws {
        directory = TemporaryDirectory.make()
    }

    private func text(_ name: String) -> String? {
        try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
    }

    private func line(_ text: String) -> [UInt8] { Array("\(text)\n".utf8) }

    @Test func `many lines are one write, later`() {
        let file = later.file("\(directory)/spans")
        for name in ["a", "b", "c"] { file.append(line(name)) }
        #expect(text("spans") == nil)
        #expect(later.count == 1)
        later.run()
        #expect(text("spans") == "a\nb\nc\n")
        file.append(line("d"))
        #expect(later.count == 1)
        later.run()
        #expect(text("spans") == "a\nb\nc\nd\n")
        #expect(later.dropped == 0)
    }

    @Test func `a file that was moved away is begun anew`() {
        let file = later.file("\(directory)/spans")
        file.append(line("a"))
        later.run()
        #expect(rename("\(directory)/spans", "\(directory)/spans.1") == 0)
        file.append(line("b"))
        later.run()
        #expect(text("spans.1") == "a\n")
        #expect(text("spans") == "b\n")
    }

    @Test func `what does not fit is dropped and counted, the rest is written`() {
        let file = later.file("\(directory)/spans", bytesMax: 5)
        for name in ["a", "b", "c", "d"] { file.append(line(name)) }
        #expect(later.dropped == 2)
        later.run()
        #expect(text("spans") == "a\nb\n")
        file.append(line("e"))
        later.run()
        #expect(text("spans") == "a\nb\ne\n")
    }

    @Test func `what cannot be written is dropped and counted`() {
        let file = later.file("\(directory)/nowhere/spans")
        for name in ["a", "b"] { file.append(line(name)) }
        later.run()
        #expect(later.dropped == 2)
    }

    @Test func `what waits at the end is written at once`() {
        let file = later.file("\(directory)/spans")
        file.append(line("a"))
        file.write()
        #expect(text("spans") == "a\n")
        later.run()
        #expect(text("spans") == "a\n")
    }
}

private enum TemporaryDirectory {
    static func make() -> String {
        var template = Array("/tmp/viva-spans-XXXXXX".utf8CString)
        _ = mkdtemp(&template)
        return String(
            decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
    }
}
