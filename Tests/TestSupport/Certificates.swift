package import Foundation

/// An authority made for one test, and a server certificate that it signed.
package final class Certificates: Sendable {
    package let directory: URL

    package var authority: String { path("ca.pem") }
    package var certificate: String { path("server.pem") }
    package var key: String { path("server.key") }

    /// `names` as OpenSSL writes them: `["DNS:localhost", "IP:127.0.0.1"]`.
    package init(names: [String]) async throws {
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("certificates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try await create("ca", ["-subj", "/CN=authority"])
        try await create(
            "server",
            ["-subj", "/CN=server", "-CA", authority, "-CAkey", path("ca.key")]
                + ["-extensions", "usr_cert", "-addext"]
                + ["subjectAltName=" + names.joined(separator: ",")]
        )
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    private func path(_ name: String) -> String {
        directory.appendingPathComponent(name).path
    }

    private func create(_ name: String, _ arguments: [String]) async throws {
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        openssl.arguments =
            ["openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"]
            + ["-pkeyopt", "ec_paramgen_curve:prime256v1"]
            + ["-keyout", path("\(name).key"), "-out", path("\(name).pem")] + arguments
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        guard openssl.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
