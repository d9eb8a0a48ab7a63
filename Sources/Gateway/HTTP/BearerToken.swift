import HTTPTypes
import Hashing
import Hummingbird

extension Request {
    /// What stands behind `Authorization: Bearer`; nil where nothing does.
    var bearerToken: String? {
        guard let value = headers[.authorization] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].trimmingPrefix { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }
}

extension String {
    func isEqualInConstantTime(to other: String) -> Bool {
        equalInConstantTime(Array(utf8), Array(other.utf8))
    }
}
