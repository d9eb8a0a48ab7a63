-- Makes the caller the room's owner, if the epoch is still the one it saw, and hands it the room.
-- KEYS[1] {room}:meta   KEYS[2] {room}:snapshot   KEYS[3] {room}:log
-- KEYS[4] {room}:in, the channel   KEYS[5] {room}:out, the channel   KEYS[6] {room}:refused
-- ARGV[1] the epoch seen   ARGV[2] commits wanted from before the snapshot
-- Returns {epoch, revision, snapshot's revision, snapshot, log entries, refused proposals, the title it was
-- created with}; nothing if another was first or the room is gone; its format if that is not ours to read:
-- nothing has happened then.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'snapshot', 'format', 'title')
if meta[1] ~= ARGV[1] then
    return false
end
if meta[4] and meta[4] ~= '1' and meta[4] ~= '2' then
    return meta[4]
end
local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
local first = math.max(tonumber(meta[3]) - tonumber(ARGV[2]) + 1, 1)
local entries = redis.call('XRANGE', KEYS[3], first .. '-0', '+')
-- The older owner learns it from the channel it listens to, browsers from the one they follow.
redis.call('SPUBLISH', KEYS[4], '1 claimed ' .. epoch .. '\n')
redis.call('SPUBLISH', KEYS[5], '1 epoch ' .. epoch .. '\n')
return {epoch, tonumber(meta[2]), tonumber(meta[3]), redis.call('GET', KEYS[2]), entries,
    redis.call('HGETALL', KEYS[6]), meta[5] or ''}
