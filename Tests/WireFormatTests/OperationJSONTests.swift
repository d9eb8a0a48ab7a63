import JSONText
import OperationalTransform
import TestSupport
import Testing
import WireFormat

@Suite struct OperationJSONTests {
    @Test func `a well-formed operation is read into its normal form`() throws {
        let cases = try TestData.lines(of: "ot-invalid.jsonl")
        #expect(cases.count == 24)
        for line in cases {
            let name = try line["name"].text
            var document = Document(try line["doc"].text)
            do {
                let operation = try decode(line["op"].bytes)
                try document.apply(operation)
                #expect(try line["expect"].text == "accept-and-canonicalise", "\(name)")
                let canonical = try line["otjs"]["canonical"]
                #expect(encode(operation) == canonical.bytes, "\(name)")
                #expect(try document.text == line["otjs"]["applied"].text, "\(name)")
            } catch is JSONError {
                #expect(try line["expect"].text == "reject", "\(name)")
            } catch OperationError.lengthMismatch {
                #expect(try line["expect"].text == "reject", "\(name)")
            }
        }
    }

    @Test func `what is written is read back`() throws {
        for file in ["ot-vectors.jsonl", "ot-split-surrogates.jsonl"] {
            for vector in try TestData.lines(of: file) {
                for key in ["a", "b", "aPrime", "aInverse"] {
                    let operation = try TextOperation(vector[key])
                    #expect(try decode(encode(operation)) == operation)
                    #expect(try decode(vector[key].bytes) == operation)
                }
            }
        }
    }

    @Test(arguments: [
        "", "[", "[1", "[1,]", "[1 2]", "[-]", "[01]", #"["a]"#, "[1.0]", "[1e3]", "{}", "null",
        "[0]", "[-0]", #"["\ud83"]"#, "[[]]", "[false]", "[9223372036854775807]",
        "[-9223372036854775808]", "[9007199254740991,1]", "[-9007199254740991,-1]",
        "[9007199254740992]", "[99999999999999999999]",
    ])
    func `what is no operation is refused`(text: String) {
        #expect(throws: JSONError.self) { try self.decode(Array(text.utf8)) }
    }

    @Test(arguments: ["[]", "[9007199254740991]", "[-9007199254740991]", #"[1,"\u0000😀",-2]"#])
    func `an operation of any length is read`(text: String) throws {
        #expect(encode(try decode(Array(text.utf8))) == Array(text.utf8))
    }

    private func decode(_ bytes: [UInt8]) throws -> TextOperation {
        try bytes.withUnsafeBytes { raw in
            var reader = JSONReader(raw)
            let operation = try TextOperation(from: &reader)
            try reader.end()
            return operation
        }
    }

    private func encode(_ operation: TextOperation) -> [UInt8] {
        var writer = JSONWriter()
        operation.encode(into: &writer)
        return writer.bytes
    }
}
