-- Reads a room at one instant: its snapshot and the log from the snapshot's own revision on.
-- KEYS[1] {room}:meta   KEYS[2] {room}:snapshot   KEYS[3] {room}:log
-- Returns {epoch, revision, title, created, snapshot's revision, snapshot, log entries}; nothing if
-- there is no such room; its format if that is not ours to read.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'title', 'created', 'snapshot', 'format')
if not meta[1] then
    return false
end
if meta[6] and meta[6] ~= '1' and meta[6] ~= '2' then
    return meta[6]
end
local entries = redis.call('XRANGE', KEYS[3], math.max(tonumber(meta[5]), 1) .. '-0', '+')
return {tonumber(meta[1]), tonumber(meta[2]), meta[3], tonumber(meta[4]), tonumber(meta[5]),
    redis.call('GET', KEYS[2]), entries}
