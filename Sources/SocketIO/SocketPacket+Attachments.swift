import JSONText
import NIOCore

/// How a packet's data names its attachments: each stands as `{"_placeholder":true,"num":<which>}`.
extension SocketPacket {
    /// What stands in the data of an event or acknowledgement in place of one attachment.
    package static func placeholder(_ number: Int) -> String {
        "{\"_placeholder\":true,\"num\":\(number)}"
    }

    /// Whether each placeholder names an attachment that comes with the packet.
    ///
    /// That one is named twice or never is no error: so it is for the official parser.
    var hasLegalPlaceholders: Bool {
        guard let data else { return true }
        return data.withUnsafeReadableBytes { bytes in
            var reader = JSONReader(bytes)
            return (try? reader.checkPlaceholders(in: bytes, below: attachments)) != nil
        }
    }
}

extension JSONReader {
    fileprivate struct IllegalPlaceholder: Error {}

    /// Passes over one value; its depth is bounded by the reader's.
    fileprivate mutating func checkPlaceholders(
        in bytes: UnsafeRawBufferPointer,
        below count: Int
    ) throws {
        switch try nextKind() {
        case .array:
            try beginArray()
            while try nextElement() { try checkPlaceholders(in: bytes, below: count) }
        case .object: try checkObject(in: bytes, below: count)
        default: _ = try skipValue()
        }
    }

    private mutating func checkObject(
        in bytes: UnsafeRawBufferPointer,
        below count: Int
    ) throws {
        var isPlaceholder = false
        var number: Int?
        try beginObject()
        while let key = try nextKey() {
            let kind = try nextKind()
            if key == "_placeholder", kind == .bool {
                isPlaceholder = try bool()
            } else if key == "num", kind == .number {
                number = Int(String(decoding: bytes[try skipValue()], as: UTF8.self))
            } else {
                try checkPlaceholders(in: bytes, below: count)
            }
        }
        guard isPlaceholder else { return }
        guard let number, (0..<count).contains(number) else { throw IllegalPlaceholder() }
    }
}
