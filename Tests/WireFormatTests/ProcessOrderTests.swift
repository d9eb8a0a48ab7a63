import NIOCore
import RoomModel
import Testing
import WireFormat

@Suite struct ProcessOrderTests {
    @Test(arguments: [
        (ProcessOrder.drain, "1 drain\n"),
        (
            .take(RoomID(rawValue: "7Kq2VnT0bXw9RfLd"), after: Epoch(rawValue: 12)),
            "1 take 12 7Kq2VnT0bXw9RfLd\n"
        ),
    ])
    func `an order is one line, and is read as it was written`(
        order: ProcessOrder,
        line: String
    ) throws {
        #expect(String(buffer: order.encoded()) == line)
        #expect(try ProcessOrder(ByteBuffer(string: line)) == order)
    }

    @Test(arguments: ["2 drain\n", "1 dance\n", "1 take\n", "1 take x r1\n", "1 take 3\n", ""])
    func `what is not known or not whole is refused`(line: String) {
        #expect(throws: WireError.self) { try ProcessOrder(ByteBuffer(string: line)) }
    }
}
