import JSONText
package import NIOCore

extension SocketPacket {
    /// As many as the greatest whole number that JavaScript counts to has.
    private static let acknowledgementDigitsMax = 16
    private static let attachmentsDigitsMax = 3
    private static let namespaceLengthMax = 128

    /// Reads the text of a packet and checks that its data has the form its kind asks for.
    package init(text: ByteBuffer) throws(EngineError) {
        var rest = text
        guard let kind = rest.readInteger(as: UInt8.self).flatMap(Kind.init(rawValue:)) else {
            throw .malformedSocketPacket
        }
        self.init(kind)
        if kind == .binaryEvent || kind == .binaryAcknowledgement {
            attachments = try Self.readAttachments(&rest)
        }
        namespace = try Self.readNamespace(&rest)
        acknowledgementID = try Self.readDigits(&rest, max: Self.acknowledgementDigitsMax)
        data = rest.readableBytes > 0 ? rest : nil
        guard hasDataOfItsKind else { throw .malformedSocketPacket }
    }

    private static func readAttachments(_ rest: inout ByteBuffer) throws(EngineError) -> Int {
        guard let count = try readDigits(&rest, max: attachmentsDigitsMax),
            rest.readInteger(as: UInt8.self) == UInt8(ascii: "-")
        else { throw .malformedSocketPacket }
        return count
    }

    /// From a slash to the comma, or to the end; without a slash it is the root.
    private static func readNamespace(_ rest: inout ByteBuffer) throws(EngineError) -> String {
        guard rest.readableBytesView.first == UInt8(ascii: "/") else { return rootNamespace }
        let view = rest.readableBytesView.prefix(namespaceLengthMax + 1)
        let end = view.firstIndex(of: UInt8(ascii: ",")) ?? view.endIndex
        guard end - rest.readerIndex <= namespaceLengthMax,
            let name = try? rest.readUTF8ValidatedString(length: end - rest.readerIndex)
        else { throw .malformedSocketPacket }
        if rest.readableBytes > 0 { rest.moveReaderIndex(forwardBy: 1) }
        return name
    }

    private static func readDigits(
        _ rest: inout ByteBuffer,
        max: Int
    ) throws(EngineError) -> Int? {
        var value: Int?
        var count = 0
        while let byte = rest.readableBytesView.first, byte &- UInt8(ascii: "0") < 10 {
            count += 1
            guard count <= max else { throw .malformedSocketPacket }
            value = (value ?? 0) * 10 + Int(byte &- UInt8(ascii: "0"))
            rest.moveReaderIndex(forwardBy: 1)
        }
        return value
    }

    // MARK: Data

    private var hasDataOfItsKind: Bool {
        guard let data else {
            return kind == .connect || kind == .disconnect
        }
        return data.withUnsafeReadableBytes { bytes in
            var reader = JSONReader(bytes)
            guard let first = try? reader.nextKind(), accepts(first) else { return false }
            return (try? Self.skipWhole(&reader)) != nil
        }
    }

    private func accepts(_ first: JSONReader.Kind) -> Bool {
        switch kind {
        case .connect: first == .object
        case .disconnect: false
        case .event, .acknowledgement, .binaryEvent, .binaryAcknowledgement: first == .array
        case .connectError: first == .object || first == .string
        }
    }

    private static func skipWhole(_ reader: inout JSONReader) throws(JSONError) {
        _ = try reader.skipValue()
        try reader.end()
    }
}
