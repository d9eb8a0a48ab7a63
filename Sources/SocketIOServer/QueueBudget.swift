/// What waits for all peers of a server together, without asking each of them at each packet.
///
/// It is an upper bound: what is queued is added at once, what was taken is noticed when it is measured.
struct QueueBudget {
    let bytesMax: Int
    private(set) var bytes = 0

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// Adds what was queued; true when it has to be measured, as it may be too much.
    mutating func add(_ count: Int) -> Bool {
        bytes += count
        return bytes > bytesMax
    }

    /// Takes what waits for each peer; returns which of them have to go, the slowest first.
    ///
    /// A quarter is made free at once, or the next packet would ask again.
    mutating func measured(_ queues: [Int]) -> [Int] {
        bytes = queues.reduce(0, +)
        guard bytes > bytesMax else { return [] }
        var leaving: [Int] = []
        for index in queues.indices.sorted(by: { queues[$0] > queues[$1] }) {
            guard bytes > bytesMax / 4 * 3 else { break }
            bytes -= queues[index]
            leaving.append(index)
        }
        return leaving
    }
}
