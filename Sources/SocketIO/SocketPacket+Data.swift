import JSONText
package import NIOCore

extension ByteBuffer {
    /// The data of an event or an acknowledgement: an array of the values, an event's name first.
    ///
    /// `values` have commas between them; there may be none.
    package static func array(_ values: ByteBuffer, name: String? = nil) -> ByteBuffer {
        var array = ByteBuffer()
        array.writeString("[")
        if let name {
            var writer = JSONWriter()
            writer.string(name)
            array.writeBytes(writer.bytes)
            if values.readableBytes > 0 { array.writeString(",") }
        }
        array.writeImmutableBuffer(values)
        array.writeString("]")
        return array
    }
}
