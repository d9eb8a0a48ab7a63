import NIOCore
import Testing

@testable import LoadTest

@Suite struct ServerPacketTests {
    @Test(arguments: [
        (
            #"0{"sid":"g1.x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1}"#,
            ServerPacket.open(.init(sid: "g1.x"))
        ),
        ("2", .ping), ("1", .closed), ("6", .ignored), (#"40{"sid":"x"}"#, .connected),
        (#"44{"message":"session_ended"}"#, .refused("session_ended")),
        (#"44"no""#, .refused("no")), ("41", .disconnected),
        (
            #"42["commits",[{"revision":1}]]"#,
            .event(.commits, ByteBuffer(string: #"[{"revision":1}]"#))
        ),
        (#"42["epoch",{"epoch":4}]"#, .event(.epoch, ByteBuffer(string: #"{"epoch":4}"#))),
        (#"42["dance",1]"#, .event(.unknown, ByteBuffer(string: "1"))),
        (#"42["dance"]"#, .event(.unknown, ByteBuffer())),
    ])
    func `a packet is understood`(text: String, packet: ServerPacket) throws {
        #expect(try ServerPacket(ByteBuffer(string: text)) == packet)
    }

    @Test(arguments: [
        "", "9", "4", "49", "0{}", #"0{"sid":"","pingInterval":1}"#,
        #"0{"sid":"x","pingInterval":-1}"#, "44[]",
    ])
    func `what is none is refused`(text: String) {
        #expect(throws: (any Error).self) { try ServerPacket(ByteBuffer(string: text)) }
    }
}

@Suite struct TargetURLTests {
    @Test(arguments: [
        ("http://localhost:8080", false, "localhost", 8080, "localhost:8080"),
        ("https://viva.example", true, "viva.example", 443, "viva.example"),
        ("wss://viva.example:444/", true, "viva.example", 444, "viva.example:444"),
        ("ws://[::1]:9000", false, "::1", 9000, "[::1]:9000"),
        ("HTTP://10.0.0.5", false, "10.0.0.5", 80, "10.0.0.5"),
    ])
    func `a URL is read`(text: String, isTLS: Bool, host: String, port: Int, authority: String)
        throws
    {
        let url = try TargetURL(text)
        #expect((url.isTLS, url.host, url.port, url.authority) == (isTLS, host, port, authority))
    }

    @Test(arguments: [
        "nonsense", "ftp://x", "http://", "http://x:0", "http://x:70000", "http://x:y",
        "http://x/path",
        "http://me@x", "http://x#t",
    ])
    func `what is none is refused`(text: String) {
        #expect(throws: TargetURL.Malformed.self) { try TargetURL(text) }
    }
}
