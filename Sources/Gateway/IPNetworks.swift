import NIOCore

/// An IP address as a number; one of version 4 as version 6 maps it, `::ffff:a.b.c.d`.
struct IPAddress: Hashable, Sendable {
    fileprivate let value: UInt128

    init?(_ text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        // The layouts of sockaddr_in and sockaddr_in6: the address begins after port and flow label.
        let place: Range<Int>? =
            switch address {
            case .v4: 4..<8
            case .v6: 8..<24
            case .unixDomainSocket: nil
            }
        guard let place else { return nil }
        let bytes = address.withSockAddr { pointer, size in
            Array(UnsafeRawBufferPointer(start: pointer, count: size)[place])
        }
        let number = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        value = bytes.count == 4 ? Self.mapped | number : number
    }

    private static let mapped = UInt128(0xFFFF) << 32

    var isVersion4: Bool { value >> 32 == 0xFFFF }

    /// What one customer of a network has: an address of version 4, 64 bits of version 6.
    var customer: UInt128 { isVersion4 ? value : (value >> 64) << 64 }
}

/// Networks in the notation `127.0.0.0/8 ::1/128`.
package struct IPNetworks: Sendable {
    private let networks: [(prefix: UInt128, bits: Int)]

    /// Nil where one of them is none.
    package init?(_ text: String) {
        var networks: [(prefix: UInt128, bits: Int)] = []
        for part in text.split(separator: " ") {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let address = IPAddress(String(halves[0])) else { return nil }
            let own = address.isVersion4 ? 32 : 128
            guard let bits = halves.count == 2 ? Int(halves[1]) : own, (0...own).contains(bits)
            else { return nil }
            let all = bits + 128 - own
            networks.append((Self.prefix(of: address.value, bits: all), all))
        }
        self.networks = networks
    }

    func contains(_ address: IPAddress) -> Bool {
        networks.contains { Self.prefix(of: address.value, bits: $0.bits) == $0.prefix }
    }

    private static func prefix(of value: UInt128, bits: Int) -> UInt128 {
        bits == 0 ? 0 : value >> (128 - bits)
    }
}
