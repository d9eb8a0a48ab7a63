import Hashing

/// A Lua script, called by the SHA-1 of its source.
package struct RedisScript: Hashable, Sendable {
    package let source: String
    package let digest: String

    package init(_ source: String) {
        self.source = source
        digest = hexadecimal(sha1(Array(source.utf8)))
    }

    var load: RedisCommand { ["SCRIPT", "LOAD", .string(source)] }

    func call(keys: [RedisArgument], arguments: [RedisArgument]) -> RedisCommand {
        var all: [RedisArgument] = []
        all.reserveCapacity(3 + keys.count + arguments.count)
        all.append("EVALSHA")
        all.append(.string(digest))
        all.append(.integer(keys.count))
        all.append(contentsOf: keys)
        all.append(contentsOf: arguments)
        return RedisCommand(all)
    }
}
