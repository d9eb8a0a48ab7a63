-- Writes, rewrites or deletes a private note, if the caller still owns the room, and publishes it.
-- KEYS[1] {room}:meta   KEYS[2] {room}:notes   KEYS[3] {room}:out, the channel
-- ARGV[1] the caller's epoch   ARGV[2] the note's ID   ARGV[3] its text as JSON, "" to delete it
-- ARGV[4] its author   ARGV[5] now, milliseconds since 1970   ARGV[6] the room's revision
-- ARGV[7] how many notes there may be   ARGV[8] what is published where there is no place for another
-- Returns 1 if done, 0 if fenced: nothing has happened then.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
    return 0
end
local id, text = ARGV[2], ARGV[3]
local stored = redis.call('HGET', KEYS[2], id)

local function note(at, revision, changed, by)
    return string.format('{"id":"%s","at":%s,"by":"%s","revision":%s,"changed":%s,"text":', id, at, by, revision, changed)
        .. text .. '}'
end

-- The count tells gateways whether they have missed one; what is said again is no news.
local function publish(json, isNews)
    local count = redis.call('HINCRBY', KEYS[1], 'notes', isNews and 1 or 0)
    redis.call('SPUBLISH', KEYS[3], '1 notes ' .. count .. ' ' .. id .. '\n[' .. json .. ']')
end

if text == '""' then
    publish('{"id":"' .. id .. '","text":""}', redis.call('HDEL', KEYS[2], id) == 1)
    return 1
end
if not stored then
    if redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[7]) then
        redis.call('SPUBLISH', KEYS[3], ARGV[8])
        return 1
    end
    stored = note(ARGV[5], ARGV[6], ARGV[5], ARGV[4])
    redis.call('HSET', KEYS[2], id, stored)
    -- The first one makes the hash, which is kept no longer than the room.
    local time = redis.call('PEXPIRETIME', KEYS[1])
    if time > 0 then
        redis.call('PEXPIREAT', KEYS[2], time)
    end
    publish(stored, true)
    return 1
end
-- As numbers were written, not as Lua would write them; the text comes last and cannot be taken for them.
local at, by, revision, changed =
    string.match(stored, '^{"id":"%w+","at":(%d+),"by":"([^"]*)","revision":(%d+),"changed":(%d+),')
if stored == note(at, revision, changed, by) then
    publish(stored, false)
    return 1
end
stored = note(at, revision, ARGV[5], ARGV[4])
redis.call('HSET', KEYS[2], id, stored)
publish(stored, true)
return 1
