/// How many connections each address has.
struct AddressCounts {
    private let max: Int
    private var counts: [String: Int] = [:]

    init(max: Int) {
        self.max = max
    }

    /// Counts one more, if there may be one; an address of nil is not counted.
    mutating func enter(_ address: String?) -> Bool {
        guard let address else { return true }
        guard counts[address, default: 0] < max else { return false }
        counts[address, default: 0] += 1
        return true
    }

    mutating func leave(_ address: String?) {
        guard let address, let count = counts[address] else { return }
        counts[address] = count > 1 ? count - 1 : nil
    }
}
