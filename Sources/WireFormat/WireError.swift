/// Why bytes from another process are not what this version reads.
package enum WireError: Error, Equatable {
    case missing(String)
    case unknownVersion
    case malformed
}
