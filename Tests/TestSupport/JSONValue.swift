import JSONText

/// A JSON value of any shape, for test data; strings are code units, lone surrogates included.
package indirect enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// The number as it is written, for what no `Int` holds is test data too.
    case number(String)
    case string([UInt16])
    case array([JSONValue])
    case object([String: JSONValue])

    package init(parsing text: some Sequence<UInt8>) throws {
        self = try Array(text).withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            let value = try Self.read(&reader, bytes)
            try reader.end()
            return value
        }
    }

    private static func read(
        _ reader: inout JSONReader,
        _ bytes: UnsafeRawBufferPointer
    ) throws -> JSONValue {
        switch try reader.nextKind() {
        case .null:
            try reader.null()
            return .null
        case .bool: return .bool(try reader.bool())
        case .number: return .number(String(decoding: bytes[try reader.skipValue()], as: UTF8.self))
        case .string: return .string(try reader.utf16())
        case .array:
            var elements: [JSONValue] = []
            try reader.beginArray()
            while try reader.nextElement() { elements.append(try read(&reader, bytes)) }
            return .array(elements)
        case .object:
            var members: [String: JSONValue] = [:]
            try reader.beginObject()
            while let key = try reader.nextKey() { members[key] = try read(&reader, bytes) }
            return .object(members)
        }
    }

    /// The same value as bytes again.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.raw("null".utf8)
        case .bool(let value): writer.bool(value)
        case .number(let text): writer.raw(text.utf8)
        case .string(let units): writer.string(utf16: units)
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .object(let members): writer.raw(Self.objectBytes(members))
        }
    }

    private static func objectBytes(_ members: [String: JSONValue]) -> [UInt8] {
        let parts = members.sorted { $0.key < $1.key }.map { key, value in
            JSONValue.string(Array(key.utf16)).bytes + [UInt8(ascii: ":")] + value.bytes
        }
        return [UInt8(ascii: "{")] + parts.joined(separator: [UInt8(ascii: ",")])
            + [UInt8(ascii: "}")]
    }
}

/// What a test expects to find in its data and what it does when it does not: it fails.
package struct MissingTestData: Error {
    let what: String
}

extension JSONValue {
    package subscript(_ key: String) -> JSONValue {
        get throws {
            guard case .object(let members) = self, let value = members[key] else {
                throw MissingTestData(what: key)
            }
            return value
        }
    }

    package var units: [UInt16] {
        get throws {
            guard case .string(let units) = self else { throw MissingTestData(what: "string") }
            return units
        }
    }

    package var text: String {
        get throws { String(decoding: try units, as: UTF16.self) }
    }

    package var integer: Int {
        get throws {
            guard case .number(let text) = self, let value = Int(text) else {
                throw MissingTestData(what: "integer")
            }
            return value
        }
    }

    package var isTrue: Bool { self == .bool(true) }

    package var elements: [JSONValue] {
        get throws {
            guard case .array(let elements) = self else { throw MissingTestData(what: "array") }
            return elements
        }
    }
}
