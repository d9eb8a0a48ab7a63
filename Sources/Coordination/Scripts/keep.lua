-- Says how long a room is kept from now on. All that is kept of it goes at the same moment.
-- KEYS[1] {room}:meta   KEYS[2] {room}:snapshot   KEYS[3] {room}:log   KEYS[4] {room}:refused   KEYS[5] {room}:notes
-- ARGV[1] seconds, 0 until it is deleted
-- Returns 1. Keys that come later take their time from {room}:meta.
for _, key in ipairs(KEYS) do
    if ARGV[1] == '0' then
        redis.call('PERSIST', key)
    else
        redis.call('EXPIRE', key, ARGV[1])
    end
end
return 1
