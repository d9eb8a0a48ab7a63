-- Appends commits to a room's log and publishes them, if the caller still owns the room.
-- KEYS[1] {room}:meta   KEYS[2] {room}:log   KEYS[3] {room}:out, the channel   KEYS[4] {room}:refused
-- ARGV[1] the caller's epoch   ARGV[2] revision of the first commit, or of the one to come
-- ARGV[3] header line of the batch   ARGV[4] number of commits   ARGV[5] number of refusals
-- ARGV[6] the room's format from now on, empty where it stays
-- ARGV[7…] the commits' JSON, then participant and field of each refusal, then messages to publish
-- Returns 1 if done, 0 if fenced: nothing has happened then.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'revision')
local first = tonumber(ARGV[2])
-- The revision must follow too: after a call that failed, those pipelined behind it must fail.
if meta[1] ~= ARGV[1] or tonumber(meta[2]) ~= first - 1 then
    return 0
end

-- What is new in a room is kept no longer than the room.
local function keepWithRoom(key)
    local time = redis.call('PEXPIRETIME', KEYS[1])
    if time > 0 then
        redis.call('PEXPIREAT', key, time)
    end
end

local count = tonumber(ARGV[4])
local rest = 7 + count
if count > 0 then
    for i = 1, count do
        redis.call('XADD', KEYS[2], (first + i - 1) .. '-0', 'c', ARGV[6 + i])
    end
    if first == 1 then
        keepWithRoom(KEYS[2])
    end
    redis.call('HSET', KEYS[1], 'revision', first + count - 1)
    redis.call('SPUBLISH', KEYS[3], ARGV[3] .. '[' .. table.concat(ARGV, ',', 7, rest - 1) .. ']')
end
if ARGV[6] ~= '' then
    redis.call('HSET', KEYS[1], 'format', ARGV[6])
end
for _ = 1, tonumber(ARGV[5]) do
    redis.call('HSET', KEYS[4], ARGV[rest], ARGV[rest + 1])
    rest = rest + 2
end
if ARGV[5] ~= '0' then
    keepWithRoom(KEYS[4])
end
for i = rest, #ARGV do
    redis.call('SPUBLISH', KEYS[3], ARGV[i])
end
return 1
