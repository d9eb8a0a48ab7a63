import OperationalTransform
import TestSupport
import Testing

/// Laws over random operations; each seed is a document and operations over it.
@Suite struct OperationPropertyTests {
    @Test func `transforming converges: d·a·b′ = d·b·a′`() throws {
        for seed in seeds(300) {
            var random = SeededGenerator(seed: seed)
            let (document, a) = try documentAndOperation(&random)
            let b = try randomOperation(over: document, using: &random)
            let (aPrime, bPrime) = try TextOperation.transform(a, b)
            #expect(
                try applied([a, bPrime], to: document) == applied([b, aPrime], to: document),
                "SEED=\(seed)"
            )
        }
    }

    @Test func `composing is applying one after the other`() throws {
        for seed in seeds(300) {
            var random = SeededGenerator(seed: seed)
            let (document, a) = try documentAndOperation(&random)
            let between = try applied([a], to: document)
            let b = try randomOperation(over: between, using: &random)
            let c = try randomOperation(over: applied([b], to: between), using: &random)
            let (ab, bc) = (try a.composing(b), try b.composing(c))
            #expect(
                try applied([ab], to: document) == applied([b], to: between),
                "SEED=\(seed)"
            )
            #expect(try ab.composing(c) == a.composing(bc), "SEED=\(seed)")
        }
    }

    @Test func `an inverse undoes what was done`() throws {
        for seed in seeds(300) {
            var random = SeededGenerator(seed: seed)
            let (document, a) = try documentAndOperation(&random)
            let inverse = try a.inverted(over: document)
            #expect(try applied([a, inverse], to: document) == document, "SEED=\(seed)")
            #expect(try inverse.inverted(over: applied([a], to: document)) == a, "SEED=\(seed)")
        }
    }

    @Test func `an operation does what its steps say`() throws {
        for seed in seeds(300) {
            var random = SeededGenerator(seed: seed)
            let (document, a) = try documentAndOperation(&random)
            let expected = traced(a, over: document).map(\.unit)
            #expect(try applied([a], to: document).units == expected, "SEED=\(seed)")
        }
    }

    @Test func `an offset stays before the unit it stood before`() throws {
        for seed in seeds(300) {
            var random = SeededGenerator(seed: seed)
            let (document, a) = try documentAndOperation(&random)
            let result = traced(a, over: document)
            for offset in 0...document.length {
                let survivor = result.firstIndex { $0.origin.map { $0 >= offset } ?? false }
                #expect(
                    a.transforming(offset: offset) == survivor ?? result.count,
                    "SEED=\(seed) offset \(offset)"
                )
            }
        }
    }

    @Test func `an offset stood behind the unit it stands behind`() throws {
        for seed in seeds(300) {
            var random = SeededGenerator(seed: seed)
            let (document, a) = try documentAndOperation(&random)
            let origins = traced(a, over: document).map(\.origin)
            for offset in 0...a.targetLength {
                let behind = origins[..<offset].compactMap(\.self).last
                #expect(
                    a.offsetBefore(offset) == behind.map { $0 + 1 } ?? 0,
                    "SEED=\(seed) offset \(offset)"
                )
            }
        }
    }

    // MARK: Parts

    private func documentAndOperation(
        _ random: inout SeededGenerator
    ) throws -> (Document, TextOperation) {
        let document = Document(randomText(pieces: random.below(20), using: &random))
        return (document, try randomOperation(over: document, using: &random))
    }

    private func applied(
        _ operations: [TextOperation],
        to document: Document
    ) throws -> Document {
        var document = document
        for operation in operations { try document.apply(operation) }
        return document
    }

    /// The naive model: every unit of the result with where in the document it came from.
    private func traced(
        _ operation: TextOperation,
        over document: Document
    ) -> [(unit: UInt16, origin: Int?)] {
        var rest = document.units.enumerated().map { (unit: $1, origin: Int?.some($0)) }[...]
        var result: [(unit: UInt16, origin: Int?)] = []
        operation.forEachStep { step in
            switch step {
            case .keep(let length):
                result += rest.prefix(length)
                rest = rest.dropFirst(length)
            case .insert(let units): result += units.map { (unit: $0, origin: nil) }
            case .delete(let length): rest = rest.dropFirst(length)
            }
        }
        return result
    }
}
