import Settings
import Testing

@Suite struct SettingLinesTests {
    static let known: Set = ["VIVA_PORT", "VIVA_NAME", "VIVA_ORIGINS"]

    @Test(arguments: [
        ("VIVA_PORT=8081", "8081"),
        ("  VIVA_PORT = 8081  ", "8081"),
        ("VIVA_PORT=\"8081\"", "8081"),
        ("VIVA_PORT='8081'", "8081"),
        ("VIVA_PORT=a=b", "a=b"),
        ("VIVA_PORT=a # b", "a # b"),
        ("VIVA_PORT=\"", "\""),
        ("VIVA_PORT=", ""),
    ])
    func `a line is a name and a value`(row: String, value: String) {
        let file = lines(row)
        #expect(file.lines == ["VIVA_PORT": .init(number: 1, value: value)])
        #expect(file.problems.isEmpty)
    }

    @Test func `lines for people and lines that end otherwise are understood`() {
        let file = lines("# ours\r\n\r\nVIVA_PORT=1\r\n   # and\nVIVA_NAME=g1\n")
        #expect(file.lines["VIVA_PORT"] == .init(number: 3, value: "1"))
        #expect(file.lines["VIVA_NAME"] == .init(number: 5, value: "g1"))
        #expect(file.problems.isEmpty)
    }

    @Test func `a name nobody knows is a problem that says where, and what may be meant`() {
        #expect(
            lines("\nVIVA_PROT=1").problems == [
                "viva.conf:2 sets VIVA_PROT, which is no setting; did you mean VIVA_PORT?"
            ]
        )
        #expect(lines("PATH=/bin").problems == ["viva.conf:1 sets PATH, which is no setting"])
    }

    @Test func `a name twice is a problem, and the first counts`() {
        let file = lines("VIVA_PORT=1\nVIVA_PORT=2")
        #expect(file.problems == ["viva.conf:2 sets VIVA_PORT again, after line 1"])
        #expect(file.lines["VIVA_PORT"]?.value == "1")
    }

    @Test func `a line without an equals sign is a problem that does not repeat it`() {
        // It may be a secret that lost its name.
        #expect(lines("hunter2").problems == ["viva.conf:1 is no NAME=value"])
    }

    private func lines(_ text: String) -> SettingLines {
        SettingLines(text, path: "viva.conf", known: Self.known)
    }
}
