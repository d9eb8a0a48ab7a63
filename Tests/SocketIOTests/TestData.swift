import Foundation
import NIOCore

/// A JSON value as a tree, which only tests need.
indirect enum JSON: Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(_ value: Any) {
        switch value {
        case let number as NSNumber where number.isBool: self = .bool(number.boolValue)
        case let number as NSNumber: self = .number(number.doubleValue)
        case let string as String: self = .string(string)
        case let array as [Any]: self = .array(array.map(JSON.init))
        case let object as [String: Any]: self = .object(object.mapValues(JSON.init))
        default: self = .null
        }
    }

    init(text: String) throws {
        self.init(
            try JSONSerialization.jsonObject(
                with: Data(text.utf8),
                options: .fragmentsAllowed
            )
        )
    }

    subscript(key: String) -> JSON {
        if case .object(let members) = self { members[key] ?? .null } else { .null }
    }

    var array: [JSON] { if case .array(let elements) = self { elements } else { [] } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var integer: Int? { if case .number(let value) = self { Int(exactly: value) } else { nil } }

    /// The bytes of a `{"$bin": base64}`.
    var bytes: ByteBuffer? {
        self["$bin"].string.flatMap { Data(base64Encoded: $0) }.map { ByteBuffer(bytes: $0) }
    }
}

extension JSON: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self = .string(text) }
}

/// The lines of a file in `Tests/Data`.
///
/// Without those that hold half a surrogate pair: Foundation cannot read them, so such a case stands in a
/// test of its own.
func testData(_ name: String) throws -> [JSON] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: tests.appending(path: "Data/\(name)"), encoding: .utf8)
    return try text.split(separator: "\n")
        .filter { !$0.contains("\\ud800") }
        .map { try JSON(text: String($0)) }
}

extension NSNumber {
    fileprivate var isBool: Bool { String(cString: objCType) == "c" }
}
