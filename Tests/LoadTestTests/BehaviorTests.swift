import NIOCore
import Testing

@testable import LoadTest

@Suite struct BehaviorTests {
    @Test func `the defaults are read as they are printed`() throws {
        #expect(try Behavior(json: ByteBuffer(string: Behavior().json)) == Behavior())
    }

    @Test func `what is left out keeps its default`() throws {
        var expected = Behavior()
        expected.leavesPerHour = 60
        #expect(try Behavior(json: ByteBuffer(string: #"{"leavesPerHour":60}"#)) == expected)
    }

    @Test(arguments: [
        (#"{"leavesPerHuor":60}"#, "not known"),
        (#"{"backspacesPerMille":1001}"#, "from 0 to 1000"),
        (#"{"pauseSeconds":[1,2]}"#, "12 numbers"),
        (#"{"pastesPerMille":900,"cutsPerMille":200}"#, "more than 1000"),
    ])
    func `what cannot be is refused with what is wrong`(json: String, reason: String) {
        let error = #expect(throws: Behavior.Malformed.self) {
            try Behavior(json: ByteBuffer(string: json))
        }
        #expect(error?.description.contains(reason) == true)
    }
}

@Suite struct TraceTests {
    @Test func `a history is read`() throws {
        let trace = try Trace(
            text:
                #"{"startContent":"ab","endContent":"x","txns":[{"time":"1970","patches":[[1,1,"é"]]},{"patches":[]}]}"#
        )
        #expect(trace.startText == "ab")
        #expect(trace.patches == [Trace.Patch(offset: 1, deleted: 1, inserted: [0xE9])])
    }

    @Test(arguments: [
        #"{"startContent":"ab","txns":[{"patches":[[2,1,""]]}]}"#,
        #"{"startContent":"ab","txns":[{"patches":[[-1,0,"x"]]}]}"#,
        #"{"startContent":"ab","txns":[{"patches":[[0,9223372036854775807,""]]}]}"#,
        #"{"startContent":"","txns":[{"patches":[[0,0,"😀"]]}]}"#,
        #"{"startContent":"","txns":[{"patches":[[0]]}]}"#, "[]",
    ])
    func `a history that cannot be replayed is refused`(json: String) {
        #expect(throws: (any Error).self) { try Trace(text: json) }
    }
}

extension Trace {
    convenience init(text: String) throws { try self.init(json: ByteBuffer(string: text)) }
}
