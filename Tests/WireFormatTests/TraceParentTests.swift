import Testing
import WireFormat

@Suite struct TraceParentTests {
    static let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    /// Behind the version.
    private static let rest = String(text.dropFirst(2))
    static let parent = TraceParent(
        trace: TraceParent.TraceID(high: 0x4BF9_2F35_77B3_4DA6, low: 0xA3CE_929D_0E0E_4736),
        span: 0x00F0_67AA_0BA9_02B7,
        isSampled: true
    )

    @Test func `the example of the specification is read and written`() {
        #expect(TraceParent(Self.text) == Self.parent)
        #expect(Self.parent.text == Self.text)
    }

    @Test func `a parent that is not sampled is told apart`() {
        let text = "\(Self.text.dropLast())0"
        #expect(TraceParent(text)?.isSampled == false)
        #expect(TraceParent(text)?.text == text)
    }

    @Test(arguments: [("03", true), ("02", false), ("ff", true), ("fe", false)])
    func `only the last bit of the flags has a meaning`(flags: String, isSampled: Bool) {
        #expect(TraceParent("\(Self.text.dropLast(2))\(flags)")?.isSampled == isSampled)
    }

    @Test(arguments: ["", "-", "-what-the-future-will-be-like"])
    func `a later version may have more behind it`(more: String) {
        #expect(TraceParent("cc\(Self.rest)\(more)") == Self.parent)
    }

    @Test(arguments: [
        "", "00", "00-", "\(text)-", "\(text)-00", "\(text)0", "\(text.dropLast())",
        // Version ff is none; a later version's more has to be told apart.
        "ff\(rest)", "cc\(rest).what", "0\(rest)", "0x\(rest)", "-0\(rest)",
        // IDs of zeros alone are none.
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        // Hexadecimal is in lower case, and nothing else is a digit.
        text.uppercased(), "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0X",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-+1",
        "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
        " \(text)", "\(text) ", "\(text), \(text)", "\(text)é",
    ])
    func `what is not well-formed is as if it were not there`(text: String) {
        #expect(TraceParent(text) == nil)
    }
}
