import Gateway
import Testing

@Suite struct PeerAddressesTests {
    let addresses: PeerAddresses

    init() throws {
        addresses = PeerAddresses(
            proxies: try #require(IPNetworks("127.0.0.0/8 10.0.0.0/8 ::1/128")),
            unlimited: try #require(IPNetworks("127.0.0.1 192.0.2.0/28 2001:db8:1::/48"))
        )
    }

    private func key(_ remote: String, _ forwardedFor: String? = nil) -> String? {
        addresses.key(remote: remote, forwardedFor: forwardedFor)
    }

    @Test func `whoever comes directly is who they are`() {
        #expect(key("203.0.113.7") != nil)
        #expect(key("203.0.113.7") != key("203.0.113.8"))
    }

    @Test func `what a stranger says of itself is not believed`() {
        #expect(key("203.0.113.7", "203.0.113.9") == key("203.0.113.7"))
        #expect(key("203.0.113.7", "127.0.0.1") == key("203.0.113.7"))
    }

    @Test func `what our proxy saw is believed, not what its client claimed before it`() {
        #expect(key("10.1.2.3", "203.0.113.7") == key("203.0.113.7"))
        #expect(key("10.1.2.3", "127.0.0.1, 203.0.113.7") == key("203.0.113.7"))
    }

    @Test(arguments: ["", "unknown", "203.0.113", ","])
    func `of nonsense the proxy itself is left`(forwardedFor: String) {
        #expect(key("10.1.2.3", forwardedFor) == key("10.1.2.3"))
    }

    @Test(arguments: ["127.0.0.1", "192.0.2.15", "2001:db8:1::5", "::ffff:192.0.2.1"])
    func `some have no bound`(remote: String) {
        #expect(key(remote) == nil)
    }

    @Test(arguments: ["127.0.0.2", "192.0.2.16", "2001:db8:2::5"])
    func `their neighbours have one`(remote: String) {
        #expect(key(remote) != nil)
    }

    @Test func `a customer with version 6 has 64 bits of addresses`() {
        #expect(key("2001:db8:2::5") == key("2001:db8:2:0:ffff::6"))
        #expect(key("2001:db8:2::5") != key("2001:db8:2:1::5"))
    }

    @Test func `an address of version 4 is the same in version 6`() {
        #expect(key("::ffff:203.0.113.7") == key("203.0.113.7"))
    }

    @Test(arguments: ["x", "1.2.3.4/33", "1.2.3.4/-1", "::1/129", "1.2.3.4/", "1.2.3/8"])
    func `what is no network is refused`(text: String) {
        #expect(IPNetworks(text) == nil)
    }
}

@Suite struct AddressRatesTests {
    @Test func `each address has its own rate`() async {
        let rates = await AddressRates(perSecond: 1, burst: 2, ratesMax: 100)
        #expect(await rates.allows("a", at: 0))
        #expect(await rates.allows("a", at: 0))
        #expect(await !rates.allows("a", at: 0))
        #expect(await rates.allows("b", at: 0))
        #expect(await rates.allows("a", at: 1_000))
    }

    @Test func `a crowd of addresses does not fill the memory`() async {
        let rates = await AddressRates(perSecond: 1, burst: 2, ratesMax: 100)
        for number in 0..<10_000 { _ = await rates.allows("\(number)", at: 0) }
        #expect(await rates.count <= 100)
    }

    @Test func `whoever asks on is not forgotten in a crowd`() async {
        let rates = await AddressRates(perSecond: 1, burst: 2, ratesMax: 100)
        _ = await rates.allows("a", at: 0)
        for number in 0..<1_000 {
            _ = await rates.allows("\(number)", at: 0)
            if number.isMultiple(of: 20) { _ = await rates.allows("a", at: 0) }
        }
        #expect(await !rates.allows("a", at: 0))
    }
}
