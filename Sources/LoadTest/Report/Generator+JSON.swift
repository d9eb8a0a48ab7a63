import JSONText

extension LoadReport.Generator {
    func encode(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("people")
        writer.integer(people)
        writer.key("processorMean")
        writer.integer(processorMean)
        writer.key("processorMax")
        writer.integer(processorMax)
        writer.key("bytesPerPerson")
        writer.integer(bytesPerPerson)
        writer.key("latenessP99")
        writer.integer(latenessP99)
        if let bottleneck {
            writer.key("bottleneck")
            writer.string(bottleneck)
        }
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self.init()
        try reader.members { key, reader in
            switch key {
            case "people": people = try reader.count()
            case "processorMean": processorMean = try reader.count()
            case "processorMax": processorMax = try reader.count()
            case "bytesPerPerson": bytesPerPerson = try reader.count()
            case "latenessP99": latenessP99 = try reader.count()
            case "bottleneck": bottleneck = try reader.string()
            default: break
            }
        }
    }
}
