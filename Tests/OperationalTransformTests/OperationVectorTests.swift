import OperationalTransform
import TestSupport
import Testing

/// Cases that another implementation worked out: see `Tests/Data/README.md`.
@Suite struct OperationVectorTests {
    @Test func `all operations transform, compose and invert as ot.js does it`() throws {
        let vectors = try TestData.lines(of: "ot-vectors.jsonl")
        #expect(vectors.count == 1_030)
        for vector in vectors {
            let name = "vector \(try vector["id"].integer)"
            let document = Document(try vector["doc"].text)
            let a = try TextOperation(vector["a"])
            let b = try TextOperation(vector["b"])
            try checkTransform(vector, a, b, name)
            try checkCompose(vector, a, name)
            #expect(try a.inverted(over: document) == TextOperation(vector["aInverse"]), "\(name)")
            #expect(try a.baseLength == vector["aBase"].integer, "\(name)")
            #expect(try a.targetLength == vector["aTarget"].integer, "\(name)")
            try checkTexts(vector, document, a, b, name)
            for pair in try vector["cursorsThroughA"].elements {
                let offset = a.transforming(offset: try pair.elements[0].integer)
                #expect(try offset == pair.elements[1].integer, "\(name)")
            }
        }
    }

    private func checkTransform(
        _ vector: JSONValue,
        _ a: TextOperation,
        _ b: TextOperation,
        _ name: String
    ) throws {
        let (aPrime, bPrime) = try TextOperation.transform(a, b)
        #expect(try aPrime == TextOperation(vector["aPrime"]), "\(name)")
        #expect(try bPrime == TextOperation(vector["bPrime"]), "\(name)")
        #expect(try a.composing(bPrime) == TextOperation(vector["composeABp"]), "\(name)")
        #expect(try b.composing(aPrime) == TextOperation(vector["composeBAp"]), "\(name)")
    }

    private func checkCompose(_ vector: JSONValue, _ a: TextOperation, _ name: String) throws {
        let composed = try a.composing(TextOperation(vector["c"]))
        #expect(try composed == TextOperation(vector["aComposeC"]), "\(name)")
    }

    private func checkTexts(
        _ vector: JSONValue,
        _ document: Document,
        _ a: TextOperation,
        _ b: TextOperation,
        _ name: String
    ) throws {
        let (aPrime, bPrime) = try TextOperation.transform(a, b)
        let c = try TextOperation(vector["c"])
        for (operations, key) in [
            ([a], "docA"), ([b], "docB"), ([a, bPrime], "result"), ([b, aPrime], "result"),
            ([a, c], "docAC"),
        ] {
            var changed = document
            for operation in operations { try changed.apply(operation) }
            #expect(try changed.units == vector[key].units, "\(name), \(key)")
        }
    }

    @Test func `an operation that leaves half a surrogate pair is refused`() throws {
        for vector in try TestData.lines(of: "ot-split-surrogates.jsonl") {
            let name = "vector \(try vector["id"].integer)"
            let document = Document(try vector["doc"].text)
            for (key, verdict, result) in [("a", "loneA", "docA"), ("b", "loneB", "docB")] {
                var changed = document
                let operation = try TextOperation(vector[key])
                if try vector[verdict].isTrue {
                    #expect(throws: OperationError.splitsSurrogatePair, "\(name), \(key)") {
                        try changed.apply(operation)
                    }
                    #expect(changed == document, "\(name), \(key)")
                } else {
                    try changed.apply(operation)
                    #expect(try changed.units == vector[result].units, "\(name), \(key)")
                }
            }
            try checkCombined(vector, document, name)
        }
    }

    /// Where both sides are sound, what they make of each other may still be half a pair.
    private func checkCombined(_ vector: JSONValue, _ document: Document, _ name: String) throws {
        let soundA = try !vector["loneA"].isTrue
        let soundB = try !vector["loneB"].isTrue
        let soundResult = try !vector["loneResult"].isTrue
        for (sound, first, second) in [(soundA, "a", "bPrime"), (soundB, "b", "aPrime")] where sound
        {
            var changed = document
            try changed.apply(TextOperation(vector[first]))
            let operation = try TextOperation(vector[second])
            if soundResult {
                try changed.apply(operation)
                #expect(try changed.units == vector["result"].units, "\(name)")
            } else {
                #expect(throws: OperationError.splitsSurrogatePair, "\(name)") {
                    try changed.apply(operation)
                }
            }
        }
    }
}
