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
    /// In the order of their first use, so that a seed always chooses alike.
    private var order: [Pipe] = []

    mutating func send(_ process: String, _ purpose: String, _ delivery: @escaping Delivery) {
        let pipe = Pipe(process: process, purpose: purpose)
        if pipes[pipe] == nil { order.append(pipe) }
        pipes[pipe, default: []].append(delivery)
    }

    var isQuiet: Bool { pipes.values.allSatisfy(\.isEmpty) }

    /// The front of a random pipe that holds something and whose process does not hang.
    mutating func next(hung: Set<String>, _ random: inout SeededGenerator) -> Delivery? {
        let ready = order.filter { pipes[$0]?.isEmpty == false && !hung.contains($0.process) }
        guard !ready.isEmpty else { return nil }
        return pipes[ready[random.below(ready.count)]]?.removeFirst()
    }

    /// The process died, or one of its connections did.
    mutating func cut(_ process: String, _ purpose: String? = nil) {
        for pipe in order where pipe.process == process && (purpose ?? pipe.purpose) == pipe.purpose
        {
            pipes[pipe] = []
        }
    }

    /// The next message of a pipe is lost, or comes twice.
    mutating func damage(_ process: String, _ purpose: String, repeating: Bool) {
        let pipe = Pipe(process: process, purpose: purpose)
        guard let first = pipes[pipe]?.first else { return }
        if repeating {
            pipes[pipe]?.insert(first, at: 0)
        } else {
            pipes[pipe]?.removeFirst()
        }
    }
}
