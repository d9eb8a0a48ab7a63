package import NIOCore

/// One reply of Redis, or an element of one (RESP2).
///
/// Simple and bulk strings are one case: nobody here needs to tell them apart. All strings of a reply
/// are slices of one buffer, so handing a payload on copies nothing, but keeps its neighbours alive:
/// whoever stores a small string of a large reply for long copies it.
package enum RESPValue: Hashable, Sendable {
    case null
    case integer(Int)
    case string(ByteBuffer)
    /// An error inside an array; one that is the whole reply becomes `RedisError.refused`.
    case error(String)
    case array([RESPValue])
}

extension RESPValue {
    package var integer: Int? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    package var bytes: ByteBuffer? {
        guard case .string(let bytes) = self else { return nil }
        return bytes
    }

    /// The string as text; invalid UTF-8 is repaired.
    package var text: String? {
        guard case .string(let bytes) = self else { return nil }
        return String(buffer: bytes)
    }

    package var array: [RESPValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }
}
