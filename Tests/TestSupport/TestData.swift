import Foundation

/// The files of `Tests/Data`.
package enum TestData {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Data")

    /// A value for each line of a `.jsonl` file.
    package static func lines(of name: String) throws -> [JSONValue] {
        try bytes(of: name).split(separator: UInt8(ascii: "\n")).map(JSONValue.init(parsing:))
    }

    package static func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    /// The bytes of a file, unpacked if its name ends in `.gz`.
    package static func bytes(of name: String) throws -> [UInt8] {
        let file = folder.appending(path: name)
        guard file.pathExtension == "gz" else { return Array(try Data(contentsOf: file)) }
        let gunzip = Process()
        gunzip.executableURL = URL(filePath: "/usr/bin/env")
        gunzip.arguments = ["gunzip", "-c", file.path()]
        let output = Pipe()
        gunzip.standardOutput = output
        try gunzip.run()
        // Read to the end before waiting, or a full pipe keeps it from ever ending.
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        gunzip.waitUntilExit()
        guard gunzip.terminationStatus == 0 else { throw MissingTestData(what: name) }
        return Array(bytes)
    }
}
