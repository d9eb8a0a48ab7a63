extension JSONReader {
    /// Reads an object: `read` gets each key, with the reader before that member's value.
    ///
    /// A value that it leaves there is passed over, as those of other versions are.
    package mutating func members(_ read: (String, inout JSONReader) throws -> Void) throws {
        try beginObject()
        while let key = try nextKey() {
            // Or a mere look at the kind of the value would seem to have read it.
            skipWhitespace()
            let start = offset
            try read(key, &self)
            if offset == start { _ = try skipValue() }
        }
    }
}
