-- Replaces a room's snapshot, if the caller still owns the room and the log has reached it.
-- KEYS[1] {room}:meta   KEYS[2] {room}:snapshot
-- ARGV[1] the caller's epoch   ARGV[2] the snapshot's revision   ARGV[3] the snapshot
-- Returns 1 if done, 0 if fenced.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'revision')
if meta[1] ~= ARGV[1] or tonumber(meta[2]) < tonumber(ARGV[2]) then
    return 0
end
redis.call('SET', KEYS[2], ARGV[3], 'KEEPTTL')
redis.call('HSET', KEYS[1], 'snapshot', ARGV[2])
return 1
