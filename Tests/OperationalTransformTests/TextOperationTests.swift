import OperationalTransform
import TestSupport
import Testing

@Suite struct TextOperationTests {
    @Test func `an operation knows the lengths before and after it`() throws {
        let operation = try op("4 +ab -2 1")
        #expect(operation.baseLength == 7)
        #expect(operation.targetLength == 7)
    }

    @Test func `steps come front to back`() throws {
        var steps: [TextOperation.Step] = []
        try op("1 +ab -2 1 +c").forEachStep { steps.append($0) }
        #expect(
            steps == [
                .keep(1), .insert([97, 98]), .delete(2), .keep(1), .insert([99]),
            ]
        )
    }

    @Test(arguments: [
        ("1 1 1", "3"), ("+x +y 3", "+xy 3"), ("0 + 3 -0", "3"), ("-1 +X 2", "+X -1 2"),
        ("-1 +X -1 1", "+X -2 1"), ("-1 +X -1 +Y 1", "+XY -2 1"),
        ("1 +a -1 +b -1 +c 1", "1 +abc -2 1"),
    ])
    func `equal effects are equal values`(built: String, normal: String) throws {
        #expect(try op(built) == op(normal))
        #expect(try op(built).stepCount == normal.split(separator: " ").count)
    }

    @Test(arguments: [("", true), ("5", true), ("+a", false), ("-1", false), ("1 +a", false)])
    func `an identity changes nothing`(notation: String, isIdentity: Bool) throws {
        #expect(try op(notation).isIdentity == isIdentity)
    }

    @Test(arguments: [-1, Int.min, Int.max, TextOperation.lengthMax + 1])
    func `a length that none can have is refused`(length: Int) {
        var operation = TextOperation()
        #expect(throws: OperationError.lengthOutOfRange) { try operation.keep(length) }
        #expect(throws: OperationError.lengthOutOfRange) { try operation.delete(length) }
        #expect(operation == TextOperation())
    }

    @Test func `lengths that add up to too much are refused and huge ones do not trap`() throws {
        var operation = TextOperation()
        operation.insert("x")
        try operation.keep(TextOperation.lengthMax - 1)
        #expect(throws: OperationError.lengthOutOfRange) { try operation.delete(2) }
        let (aPrime, bPrime) = try TextOperation.transform(operation, operation)
        #expect(try operation.composing(bPrime) == operation.composing(aPrime))
        #expect(operation.transforming(offset: Int.max) == TextOperation.lengthMax)
        #expect(operation.transforming(offset: Int.min) == 1)
    }

    @Test func `operations over texts of different lengths are refused`() throws {
        let mismatch = OperationError.lengthMismatch(expected: 3, actual: 2)
        #expect(throws: mismatch) { try op("3").composing(op("2")) }
        #expect(throws: mismatch) { try TextOperation.transform(op("2"), op("3")) }
        #expect(throws: mismatch) { try op("2").inverted(over: Document("abc")) }
        var document = Document("abc")
        #expect(throws: mismatch) { try document.apply(op("2")) }
    }

    @Test(arguments: [
        ("1 +a 1", "1 +b 1", "1 +a 2", "2 +b 1"), ("-2", "1 +b 1", "-1 1 -1", "+b"),
        ("-1 1", "+b -1 1", "1 1", "+b 1"), ("1 -2", "-2 1", "-1", "-1"),
    ])
    func `the text of the first stands left on a tie`(
        a: String,
        b: String,
        aPrime: String,
        bPrime: String
    ) throws {
        let transformed = try TextOperation.transform(op(a), op(b))
        #expect(try transformed.aPrime == op(aPrime))
        #expect(try transformed.bPrime == op(bPrime))
    }
}
