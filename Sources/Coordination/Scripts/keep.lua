-- Says how long a room is kept from now on. All that is kept of it goes at the same moment.
-- KEYS[1] {room}:meta   KEYS[2] {room}:snapshot   KEYS[3] {room}:log   KEYS[4] {room}:refused   KEYS[5] {room}:notes
-- ARGV[1] seconds, 0 until it is deleted
-- Returns 1, or 0 where there is no such room. Keys that come later take their time from {room}:meta.
if ARGV[1] == '0' then
    for _, key in ipairs(KEYS) do
        redis.call('PERSIST', key)
    end
    return 1
end
if redis.call('EXPIRE', KEYS[1], ARGV[1]) == 0 then
    return 0
end
-- At one moment: Redis' clock goes on from call to call.
local time = redis.call('PEXPIRETIME', KEYS[1])
for _, key in ipairs(KEYS) do
    redis.call('PEXPIREAT', key, time)
end
return 1
