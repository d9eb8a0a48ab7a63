/// Whom the bounds for each address count: the client, however many proxies of ours it came through.
package struct PeerAddresses: Sendable {
    private let proxies: IPNetworks
    private let unlimited: IPNetworks

    /// `X-Forwarded-For` is believed of `proxies` alone; `unlimited` are left out of all bounds.
    package init(proxies: IPNetworks, unlimited: IPNetworks) {
        self.proxies = proxies
        self.unlimited = unlimited
    }

    /// What stands for the client in every bound, nil where it has none.
    package func key(remote: String, forwardedFor: String?) -> String? {
        guard let address = client(remote: remote, forwardedFor: forwardedFor) else {
            // Nobody else's bound may be used up by what is no address.
            return remote
        }
        return unlimited.contains(address) ? nil : String(address.customer, radix: 16)
    }

    private func client(remote: String, forwardedFor: String?) -> IPAddress? {
        guard let peer = IPAddress(remote) else { return nil }
        guard proxies.contains(peer), let forwardedFor else { return peer }
        // The last is what our proxy saw; before it stands what its client claimed.
        guard let last = forwardedFor.split(separator: ",").last else { return peer }
        return IPAddress(String(last.filter { $0 != " " })) ?? peer
    }
}
