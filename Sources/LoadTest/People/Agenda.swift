/// What is due when: a heap, so that one timer of the loop serves everybody.
struct Agenda {
    enum Kind: UInt8 {
        case createRoom
        case connect
        case type
    }

    struct Item {
        let due: Int
        let subject: Int32
        let kind: Kind
    }

    private var heap: [Item] = []

    var first: Item? { heap.first }

    mutating func add(_ item: Item) {
        heap.append(item)
        var index = heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[index].due < heap[parent].due else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    /// The earliest item, if it is due at `now`.
    mutating func take(at now: Int) -> Item? {
        guard let first = heap.first, first.due <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return first
    }

    mutating func removeAll() { heap = [] }

    private mutating func sink() {
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if heap[child].due < heap[least].due { least = child }
            }
            if least == index { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
