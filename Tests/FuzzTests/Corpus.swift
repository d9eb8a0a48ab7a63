import Foundation
import FuzzTargets

/// The inputs of a target that are kept, in `Tests/Data/corpus/<target>`: what shows its forms, and
/// what once broke it.
struct Corpus {
    struct Input {
        let name: String
        let bytes: [UInt8]
    }

    let inputs: [Input]

    init(of target: FuzzTarget) throws {
        let folder = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Data/corpus/\(target.name)")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder,
            includingPropertiesForKeys: nil
        )
        inputs = try files.sorted { $0.path < $1.path }.map { file in
            Input(name: file.lastPathComponent, bytes: Array(try Data(contentsOf: file)))
        }
    }
}

/// A trap ends the process, so what it was about is written down first, in `.build/fuzz-last`.
enum LastInput {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build/fuzz-last")

    static func write(_ input: [UInt8], of target: FuzzTarget) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(input).write(to: folder.appending(path: target.name))
    }
}
