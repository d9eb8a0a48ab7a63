import Settings
import Testing

@Suite struct SettingValuesTests {
    static let port = Setting(
        "VIVA_PORT",
        .integer(1...65_535),
        standard: .byRole(gateway: "8081", owner: "8091"),
        meaning: "where to listen"
    )
    static let secret = Setting(
        "VIVA_SECRET",
        .secret(bytesMin: 8),
        standard: .required,
        roles: [.gateway],
        meaning: "what signs"
    )
    static let mode = Setting(
        "VIVA_MODE",
        SettingForm<Mode>.oneOf,
        standard: .none,
        meaning: "how"
    )
    static let all: [any SettingDescription] = [port, secret, mode]

    enum Mode: String, CaseIterable, Sendable {
        case slow
        case fast
    }

    // MARK: Where a value comes from

    @Test func `the environment goes before the file, and the file before the default`() throws {
        #expect(try values().value(Self.port) == 8_081)
        #expect(try values(.owner).value(Self.port) == 8_091)
        #expect(try values(file: "VIVA_PORT=2").value(Self.port) == 2)
        #expect(try values(["VIVA_PORT": "1"], file: "VIVA_PORT=2").value(Self.port) == 1)
    }

    @Test func `an empty value counts as none`() throws {
        #expect(try values(["VIVA_PORT": ""], file: "VIVA_PORT=2").value(Self.port) == 2)
        #expect(try values(file: "VIVA_PORT=").value(Self.port) == 8_081)
    }

    @Test func `a secret may stand in a file of its own, white space around it left out`() throws {
        let found = try values(["VIVA_SECRET_FILE": "/run/secret"]).value(Self.secret)
        #expect(found == Array("from a file".utf8))
    }

    @Test func `the environment's secret goes before the file's, whichever form they have`() throws
    {
        let named = values(["VIVA_SECRET_FILE": "/run/secret"], file: "VIVA_SECRET=in the lines")
        #expect(try named.value(Self.secret) == Array("from a file".utf8))
        let plain = values(["VIVA_SECRET": "environment"], file: "VIVA_SECRET_FILE=/run/secret")
        #expect(try plain.value(Self.secret) == Array("environment".utf8))
    }

    // MARK: What is wrong

    @Test(arguments: ["0", "65536", "-1", "1.5", "eighty", " 80", "99999999999999999999"])
    func `a number that does not fit is named with its range`(text: String) {
        #expect(
            problems(["VIVA_PORT": text, "VIVA_SECRET": "long enough"]) == [
                "VIVA_PORT is \"\(text)\"; it has to be a whole number from 1 to 65535 "
                    + "(from: environment; where to listen)"
            ]
        )
    }

    @Test func `a word that is none of those allowed is named with them`() {
        #expect(
            problems(["VIVA_SECRET": "long enough"], file: "\nVIVA_MODE=medium") == [
                "VIVA_MODE is \"medium\"; it has to be slow or fast (from: viva.conf:2; how)"
            ]
        )
    }

    @Test func `a secret's value is in no problem and no report`() {
        let values = values(["VIVA_SECRET": "hunter2"])
        let report = values.reports(Self.all).first { $0.setting.name == "VIVA_SECRET" }
        #expect(report?.shown == "(secret, 7 bytes)")
        #expect(
            report?.problem?.texts == [
                "VIVA_SECRET has 7 bytes; it has to be 8 bytes or more "
                    + "(from: environment; what signs)"
            ]
        )
    }

    @Test func `what is missing is a problem only for the role that needs it`() {
        #expect(
            problems() == [
                "VIVA_SECRET or VIVA_SECRET_FILE is not set; it has to be 8 bytes or more "
                    + "(what signs)"
            ]
        )
        #expect(problems(.owner) == [])
    }

    @Test func `a file of a secret that cannot be read is named`() {
        #expect(
            problems(["VIVA_SECRET_FILE": "/run/none"]) == [
                "VIVA_SECRET_FILE names /run/none, which cannot be read"
            ]
        )
    }

    @Test func `a secret and its file in one place are one too many`() {
        let both = ["VIVA_SECRET": "long enough", "VIVA_SECRET_FILE": "/run/secret"]
        #expect(problems(both) == ["VIVA_SECRET and VIVA_SECRET_FILE are both set; one is enough"])
    }

    @Test func `everything wrong is told at once`() {
        let found = problems(["VIVA_PORT": "x", "VIVA_MODE": "x"], file: "VIVA_PROT=1")
        #expect(found.count == 4)
        #expect(throws: SettingProblems.self) { try values(["VIVA_PORT": "x"]).value(Self.port) }
    }

    // MARK: Reports

    @Test func `a report says where a value comes from`() {
        let values = values(["VIVA_SECRET_FILE": "/run/secret"], file: "#\nVIVA_PORT=2")
        let origins = values.reports(Self.all).map { "\($0.origin)" }
        #expect(
            origins == [
                "viva.conf:2", "/run/secret, by VIVA_SECRET_FILE (environment)", "default",
            ]
        )
    }

    @Test func `a role's report leaves out what is not its own`() {
        #expect(values(.owner).reports(Self.all).map(\.setting.name) == ["VIVA_PORT", "VIVA_MODE"])
    }

    private func values(
        _ role: ProcessRole = .gateway,
        _ environment: [String: String] = [:],
        file: String? = nil
    ) -> SettingValues {
        let names = Set(Self.all.flatMap { [$0.name, $0.name + "_FILE"] })
        return SettingValues(
            role,
            SettingSources(
                environment: environment,
                file: file.map { SettingLines($0, path: "viva.conf", known: names) },
                readFile: { ["/run/secret": "\n from a file\n"][$0] }
            )
        )
    }

    private func values(
        _ environment: [String: String],
        file: String? = nil
    ) -> SettingValues {
        values(.gateway, environment, file: file)
    }

    private func problems(
        _ role: ProcessRole = .gateway,
        _ environment: [String: String] = [:],
        file: String? = nil
    ) -> [String] {
        do throws(SettingProblems) {
            try values(role, environment, file: file).check(Self.all)
            return []
        } catch { return error.texts }
    }

    private func problems(_ environment: [String: String], file: String? = nil) -> [String] {
        problems(.gateway, environment, file: file)
    }
}
