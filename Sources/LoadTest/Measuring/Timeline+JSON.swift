import JSONText

extension Timeline {
    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("secondsPerPiece")
        writer.integer(secondsPerPiece)
        writer.key("pieces")
        writer.beginArray()
        for piece in pieces { piece.encode(into: &writer) }
        writer.endArray()
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self.init()
        try reader.members { key, reader in
            switch key {
            case "secondsPerPiece": secondsPerPiece = try reader.count()
            case "pieces":
                try reader.beginArray()
                while try reader.nextElement() { pieces.append(try Piece(from: &reader)) }
            default: break
            }
        }
        // Doubled from one by one, and bounded, as runs are.
        guard (1...1 << 20).contains(secondsPerPiece), secondsPerPiece.nonzeroBitCount == 1,
            pieces.count <= Self.piecesMax
        else { throw ReportError.malformed }
    }
}

extension Timeline.Piece {
    fileprivate func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("edits")
        writer.integer(edits)
        writer.key("errors")
        writer.integer(errors)
        writer.key("connected")
        writer.integer(connected)
        writer.key("processor")
        writer.integer(processor)
        writer.key("ack")
        ack.encode(into: &writer)
        writer.key("arrival")
        arrival.encode(into: &writer)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init()
        try reader.members { key, reader in
            switch key {
            case "edits": edits = try reader.count()
            case "errors": errors = try reader.count()
            case "connected": connected = try reader.count()
            case "processor": processor = try reader.count()
            case "ack": ack = try Histogram(from: &reader)
            case "arrival": arrival = try Histogram(from: &reader)
            default: break
            }
        }
    }
}
