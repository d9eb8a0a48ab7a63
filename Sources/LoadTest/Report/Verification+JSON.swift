import JSONText

extension LoadReport.Verification {
    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("state")
        writer.string(state.rawValue)
        writer.key("roomsAgreed")
        writer.integer(roomsAgreed)
        writer.key("roomsDiffering")
        writer.integer(roomsDiffering)
        writer.key("roomsUnsettled")
        writer.integer(roomsUnsettled)
        writer.key("proposals")
        writer.integer(proposals)
        writer.key("views")
        writer.integer(views)
        writer.key("faultCount")
        writer.integer(faultCount)
        writer.key("faults")
        writer.beginArray()
        for fault in faults { writer.string(fault) }
        writer.endArray()
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self.init()
        // Whoever cannot say that it was verified has not verified it.
        state = .unsettled
        try reader.members { key, reader in
            switch key {
            case "state": state = State(rawValue: try reader.string()) ?? .unsettled
            case "roomsAgreed": roomsAgreed = try reader.count()
            case "roomsDiffering": roomsDiffering = try reader.count()
            case "roomsUnsettled": roomsUnsettled = try reader.count()
            case "proposals": proposals = try reader.count()
            case "views": views = try reader.count()
            case "faultCount": faultCount = try reader.count()
            case "faults":
                try reader.beginArray()
                while try reader.nextElement() { faults.append(try reader.string()) }
            default: break
            }
        }
    }
}
