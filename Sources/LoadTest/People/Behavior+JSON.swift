import JSONText
package import NIOCore
import WireFormat

/// The file of `--behavior`: any of the members; what is left out keeps its default.
extension Behavior {
    private static var quantiles: [(StaticString, WritableKeyPath<Behavior, Quantiles>)] {
        [
            ("strokesPerBurst", \.strokesPerBurst),
            ("millisecondsPerStroke", \.millisecondsPerStroke),
            ("pauseSeconds", \.pauseSeconds), ("pasteLength", \.pasteLength),
            ("cutLength", \.cutLength), ("replacementLength", \.replacementLength),
            ("moveLength", \.moveLength), ("awaySeconds", \.awaySeconds),
        ]
    }
    private static var numbers: [(StaticString, WritableKeyPath<Behavior, Int>)] {
        [
            ("backspacesPerMille", \.backspacesPerMille), ("pastesPerMille", \.pastesPerMille),
            ("cutsPerMille", \.cutsPerMille), ("replacementsPerMille", \.replacementsPerMille),
            ("movesPerMille", \.movesPerMille), ("selectionsPerMille", \.selectionsPerMille),
            ("languageChangesPerHour", \.languageChangesPerHour),
            ("leavesPerHour", \.leavesPerHour),
            ("networkLossesPerHour", \.networkLossesPerHour),
            ("documentLengthMax", \.documentLengthMax),
        ]
    }

    package struct Malformed: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    package init(json: ByteBuffer) throws {
        self.init()
        try json.readingJSON { reader in
            try reader.members { key, reader in try read(key, from: &reader) }
        }
        let edits = backspacesPerMille + pastesPerMille + cutsPerMille + replacementsPerMille
        guard edits <= 1_000 else {
            throw Malformed(description: "the kinds of edits are more than 1000 of 1000")
        }
    }

    private mutating func read(_ key: String, from reader: inout JSONReader) throws {
        if let (_, path) = Self.quantiles.first(where: { "\($0.0)" == key }) {
            var values: [Int] = []
            try reader.beginArray()
            while try reader.nextElement() { values.append(try reader.integer()) }
            guard let quantiles = Quantiles(values) else {
                throw Malformed(
                    description:
                        "\(key) has to be \(Quantiles.shares.count) numbers that do not fall"
                )
            }
            self[keyPath: path] = quantiles
        } else if let (_, path) = Self.numbers.first(where: { "\($0.0)" == key }) {
            let number = try reader.integer()
            let bound = key.hasSuffix("PerMille") ? 1_000 : 1_000_000
            guard (0...bound).contains(number) else {
                throw Malformed(description: "\(key) has to be from 0 to \(bound)")
            }
            self[keyPath: path] = number
        } else {
            throw Malformed(description: "\(key) is not known")
        }
    }

    package var json: String {
        let quantiles = Self.quantiles.map { "  \"\($0.0)\": \(self[keyPath: $0.1].values)" }
        let numbers = Self.numbers.map { "  \"\($0.0)\": \(self[keyPath: $0.1])" }
        return "{\n" + (quantiles + numbers).joined(separator: ",\n") + "\n}\n"
    }
}
