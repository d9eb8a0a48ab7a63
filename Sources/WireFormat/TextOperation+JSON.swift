package import JSONText
package import OperationalTransform

// The JSON of ot.js: an array in which a positive number keeps, a string inserts, a negative number
// deletes.
extension TextOperation {
    /// Reads an operation straight into its normal form.
    ///
    /// Anything but whole numbers other than zero and strings is refused, and so are lengths that
    /// JavaScript could not count.
    package init(from reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginArray()
        while try reader.nextElement() {
            if try reader.nextKind() == .string {
                insert(try reader.utf16())
            } else {
                try append(number: try reader.integer(), at: reader.offset)
            }
        }
    }

    private mutating func append(number: Int, at offset: Int) throws(JSONError) {
        // Compared, not negated: the smallest `Int` has no opposite.
        guard number != 0, number >= -Self.lengthMax else { throw .numberOutOfRange(at: offset) }
        do {
            if number > 0 { try keep(number) } else { try delete(-number) }
        } catch {
            throw .numberOutOfRange(at: offset)
        }
    }

    package func encode(into writer: inout JSONWriter) {
        writer.beginArray()
        forEachStep { step in
            switch step {
            case .keep(let length): writer.integer(length)
            case .insert(let units): writer.string(utf16: units)
            case .delete(let length): writer.integer(-length)
            }
        }
        writer.endArray()
    }
}
