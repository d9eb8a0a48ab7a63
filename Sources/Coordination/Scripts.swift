package import Redis

/// The Lua that makes several steps one: each script stands in `Scripts/`, headed by what it does.
package enum Scripts {
    static let create = RedisScript(String(decoding: PackageResources.create_lua, as: UTF8.self))
    static let load = RedisScript(String(decoding: PackageResources.load_lua, as: UTF8.self))
    static let claim = RedisScript(String(decoding: PackageResources.claim_lua, as: UTF8.self))
    static let commit = RedisScript(String(decoding: PackageResources.commit_lua, as: UTF8.self))
    static let snapshot = RedisScript(
        String(decoding: PackageResources.snapshot_lua, as: UTF8.self)
    )
    static let note = RedisScript(String(decoding: PackageResources.note_lua, as: UTF8.self))
    static let delete = RedisScript(String(decoding: PackageResources.delete_lua, as: UTF8.self))
    static let keep = RedisScript(String(decoding: PackageResources.keep_lua, as: UTF8.self))

    /// What a client loads on every new connection before it sends anything else.
    package static let all = [create, load, claim, commit, snapshot, note, delete, keep]
}
