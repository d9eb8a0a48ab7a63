package import Foundation
import Synchronization

/// A Redis of its own for one test: on a free port, with an append-only file in a temporary
/// directory, so that it can be killed and comes back with everything it had acknowledged.
///
/// It ends with the test, also when the test's process is killed: its shell waits for the end of a
/// pipe that only we hold open.
package final class RedisServer: Sendable {
    package let port: Int
    package let directory: URL
    private let options: [String]
    private let running = Mutex<Running?>(nil)

    private struct Running {
        let shell: Process
        let input: Pipe
        let redis: pid_t
    }

    /// `options` as on the command line: `["--requirepass", "secret"]`.
    package init(options: [String] = []) async throws {
        self.options = options
        port = try freePort()
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("redis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try await start()
    }

    /// Does not wait: a test may run on an event loop.
    deinit {
        _ = end()
        try? FileManager.default.removeItem(at: directory)
    }

    package var url: String { "redis://127.0.0.1:\(port)" }

    /// Starts it again after `kill`, and returns when it answers.
    package func start() async throws {
        let shell = Process()
        let (input, output) = (Pipe(), Pipe())
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        let script = #""$@" & echo "$!"; cat >/dev/null; kill -KILL "$!" 2>/dev/null; wait"#
        shell.arguments = ["-c", script, "sh", "redis-server"] + configuration
        shell.standardInput = input
        shell.standardOutput = output
        try shell.run()
        let pid = try await readUntilReady(output.fileHandleForReading)
        running.withLock { $0 = Running(shell: shell, input: input, redis: pid) }
    }

    /// Kills it as a power failure of the process would.
    package func kill() async {
        end()?.waitUntilExit()
    }

    /// Redis stops running, but its connections stay open: it hangs.
    package func suspend() { signal(SIGSTOP) }

    package func resume() { signal(SIGCONT) }

    package struct Failure: Error {
        package let log: String
    }

    private var configuration: [String] {
        [
            "--port", "\(port)", "--bind", "127.0.0.1", "--dir", directory.path,
            "--appendonly", "yes", "--save", "", "--enable-debug-command", "yes",
        ] + options
    }

    private func signal(_ number: Int32) {
        guard let pid = running.withLock({ $0?.redis }) else { return }
        _ = Foundation.kill(pid, number)
    }

    /// The shell that is about to exit, or nil when nothing ran.
    private func end() -> Process? {
        guard let running = running.withLock({ $0.take() }) else { return nil }
        _ = Foundation.kill(running.redis, SIGKILL)
        try? running.input.fileHandleForWriting.close()
        return running.shell
    }

    /// Reads the log until Redis is ready and the shell has written, on a line of its own, which
    /// process it is; what follows is thrown away as it comes.
    private func readUntilReady(_ output: FileHandle) async throws -> pid_t {
        var log = ""
        while true {
            let bytes = output.availableData
            guard !bytes.isEmpty else { throw Failure(log: log) }
            log += String(decoding: bytes, as: UTF8.self)
            let lines = log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            let numbers = lines.compactMap { pid_t($0) }
            guard let pid = numbers.first, log.contains("Ready to accept connections") else {
                continue
            }
            output.readabilityHandler = { handle in
                if handle.availableData.isEmpty { handle.readabilityHandler = nil }
            }
            return pid
        }
    }
}

/// A port of this host on which nobody listens now.
package func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
        }
    }
    guard result else { throw POSIXError(.EADDRNOTAVAIL) }
    return Int(UInt16(bigEndian: address.sin_port))
}
