import TestSupport

/// Everything that is on its way: each pipe keeps its order, as TCP does, and any pipe may be next.
///
/// A process that dies takes its pipes along; one that hangs leaves them full.
struct Network {
    typealias Delivery = () throws -> Void

    /// A connection in one direction; `process` is whose death ends it and whose hanging holds it up.
    struct Pipe: Hashable {
        let process: String
        let purpose: String
    }

    private var pipes: [Pipe: [Delivery]] = [:]
    /// Those that hold something, in an order that a seed always makes alike.
    private var full: [Pipe] = []
    /// Processes that neither read nor write just now, and pipes on which nothing moves.
    var hung: Set<String> = []
    var held: Set<Pipe> = []
    /// Redis takes its time: no command of anybody is carried out.
    var isRedisHung = false

    mutating func send(_ process: String, _ purpose: String, _ delivery: @escaping Delivery) {
        let pipe = Pipe(process: process, purpose: purpose)
        if pipes[pipe, default: []].isEmpty { full.append(pipe) }
        pipes[pipe, default: []].append(delivery)
    }

    var isQuiet: Bool { full.isEmpty }

    /// A pipe that holds something, by chance.
    func any(_ random: inout SeededGenerator) -> Pipe? {
        full.isEmpty ? nil : full[random.below(full.count)]
    }

    /// The front of a random pipe on which something can move.
    mutating func next(_ random: inout SeededGenerator) -> Delivery? {
        guard !full.isEmpty else { return nil }
        let start = random.below(full.count)
        // Not a list of those that can move: this is where most of a run's time goes.
        for offset in full.indices {
            let pipe = full[(start + offset) % full.count]
            if canMove(pipe) { return takeFirst(of: pipe) }
        }
        return nil
    }

    private func canMove(_ pipe: Pipe) -> Bool {
        !hung.contains(pipe.process) && !held.contains(pipe)
            && !(isRedisHung && pipe.purpose == "command")
    }

    private mutating func takeFirst(of pipe: Pipe) -> Delivery? {
        let first = pipes[pipe]?.removeFirst()
        if pipes[pipe]?.isEmpty == true { forget(pipe) }
        return first
    }

    private mutating func forget(_ pipe: Pipe) {
        pipes[pipe] = nil
        full.removeAll { $0 == pipe }
    }

    /// The process died, or one of its connections did.
    mutating func cut(_ process: String, _ purpose: String? = nil) {
        for pipe in full where pipe.process == process && (purpose ?? pipe.purpose) == pipe.purpose
        {
            forget(pipe)
        }
    }

    /// The next message of a pipe is lost, or comes twice.
    mutating func damage(_ process: String, _ purpose: String, repeating: Bool) {
        let pipe = Pipe(process: process, purpose: purpose)
        guard let first = pipes[pipe]?.first else { return }
        if repeating {
            pipes[pipe]?.insert(first, at: 0)
        } else {
            _ = takeFirst(of: pipe)
        }
    }
}
