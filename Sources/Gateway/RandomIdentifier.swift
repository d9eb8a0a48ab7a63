import Hashing

/// A new name for a room or a participant: 16 letters and digits, 95 bits.
func randomIdentifier() -> String {
    let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    var text: [UInt8] = []
    while text.count < 16 {
        // Bytes beyond the last whole multiple of 62 are thrown away, so no letter is likelier.
        for byte in randomBytes(24) where byte < 248 && text.count < 16 {
            text.append(alphabet[Int(byte % 62)])
        }
    }
    return String(decoding: text, as: UTF8.self)
}
