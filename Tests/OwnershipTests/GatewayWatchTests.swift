import Ownership
import Testing

@Suite struct GatewayWatchTests {
    /// Each heartbeat that was asked for, `.` where it was there and `x` where it was missed, and
    /// after which of them the gateway is given up.
    @Test(arguments: [
        ("....", []), ("x", []), ("xx", [1]), (".xx.", [2]), ("x.x.x", []), ("xxxx", [1]),
        ("xx.xx", [1, 4]),
    ])
    func `a gateway is given up once, when it is missed twice in a row`(
        heartbeats: String,
        expected: [Int]
    ) {
        var watch = GatewayWatch()
        let givenUp = heartbeats.enumerated().filter { watch.saw("g1", alive: $1 == ".") }
        #expect(givenUp.map(\.offset) == expected)
    }

    @Test func `gateways are counted apart`() {
        var watch = GatewayWatch()
        let givenUp = ["g1", "g2", "g1"].map { watch.saw($0, alive: false) }
        #expect(givenUp == [false, false, true])
    }

    @Test func `what is no longer asked for begins anew`() {
        var watch = GatewayWatch()
        for name in ["g1", "g2"] { _ = watch.saw(name, alive: false) }
        watch.keep(["g2"])
        let givenUp = ["g1", "g2"].map { watch.saw($0, alive: false) }
        #expect(givenUp == [false, true])
    }
}
