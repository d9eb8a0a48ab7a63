import CHiredis
package import NIOCore

/// What a reply may cost before its connection is given up.
package struct ReplyLimits: Sendable {
    /// The whole log of a large room in one reply is about a quarter of this.
    package var bytesMax = 64 << 20
    package var elementsMax = 1 << 20
    /// XRANGE is three deep; hiredis 0.14 itself stops at eight.
    package var depthMax = 6

    package init() {}
}

/// Turns bytes into replies, however they were cut on the way, with hiredis' parser.
///
/// After an error the reader is of no further use: nothing says where the next reply begins.
/// Not a value: it owns the parser's memory.
package final class RESPReader {
    private let reader: OpaquePointer

    package init(limits: ReplyLimits = ReplyLimits()) {
        let limits = viva_reply_limits(
            bytes_max: limits.bytesMax,
            elements_max: limits.elementsMax,
            depth_max: limits.depthMax
        )
        guard let reader = viva_reply_reader_create(limits) else {
            preconditionFailure("no memory for a reply reader")
        }
        self.reader = reader
    }

    deinit {
        viva_reply_reader_free(reader)
    }

    package func feed(_ bytes: ByteBuffer) throws(RedisError) {
        let result = bytes.withUnsafeReadableBytes { bytes in
            viva_reply_reader_feed(reader, bytes.baseAddress, bytes.count)
        }
        guard result == 0 else { throw failure() }
    }

    /// The next reply that has arrived whole, or nil.
    package func next() throws(RedisError) -> RESPValue? {
        var reply = viva_reply()
        switch viva_reply_reader_next(reader, &reply) {
        case VIVA_READ_REPLY:
            return value(of: reply)
        case VIVA_READ_INCOMPLETE:
            return nil
        default:
            throw failure()
        }
    }

    private func failure() -> RedisError {
        let reason = String(cString: viva_reply_reader_error(reader))
        return .malformedReply(reason.isEmpty ? "out of memory" : reason)
    }

    // MARK: From the flat list to a value

    private func value(of reply: viva_reply) -> RESPValue {
        var elements = UnsafeBufferPointer(start: reply.elements, count: reply.element_count)[...]
        let bytes = UnsafeRawBufferPointer(start: reply.bytes, count: reply.byte_count)
        return Self.value(&elements, strings: Self.buffer(bytes))
    }

    /// Recursion is bounded by `ReplyLimits.depthMax`.
    private static func value(
        _ elements: inout Slice<UnsafeBufferPointer<viva_reply_element>>,
        strings: ByteBuffer
    ) -> RESPValue {
        let element = elements.removeFirst()
        switch element.kind {
        case VIVA_REPLY_INTEGER:
            return .integer(Int(element.value))
        case VIVA_REPLY_STRING:
            return .string(slice(element, of: strings))
        case VIVA_REPLY_ERROR:
            return .error(String(buffer: slice(element, of: strings)))
        case VIVA_REPLY_ARRAY:
            return .array((0..<element.length).map { _ in value(&elements, strings: strings) })
        default:
            return .null
        }
    }

    private static func slice(_ element: viva_reply_element, of strings: ByteBuffer) -> ByteBuffer {
        strings.getSlice(at: Int(element.value), length: Int(element.length)) ?? ByteBuffer()
    }

    /// The answer to most writes costs no allocation.
    private static let ok = ByteBuffer(string: "OK")

    private static func buffer(_ bytes: UnsafeRawBufferPointer) -> ByteBuffer {
        if bytes.count == 2, bytes[0] == UInt8(ascii: "O"), bytes[1] == UInt8(ascii: "K") {
            return ok
        }
        return bytes.isEmpty ? ByteBuffer() : ByteBuffer(bytes: bytes)
    }
}
