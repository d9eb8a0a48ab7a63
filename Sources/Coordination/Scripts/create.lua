-- Creates a room, unless one of that name exists.
-- KEYS[1] {room}:meta   KEYS[2] {room}:snapshot
-- ARGV[1] title   ARGV[2] created, milliseconds since 1970   ARGV[3] the snapshot at revision 0   ARGV[4] format
-- ARGV[5] seconds that it is kept if nobody comes, 0 until it is deleted
-- Returns 1 if created, 0 if the room was there already.
if redis.call('EXISTS', KEYS[1]) == 1 then
    return 0
end
redis.call('SET', KEYS[2], ARGV[3])
-- The format is the version of all that is kept of a room; kinds and keys are added without a new one.
redis.call('HSET', KEYS[1], 'format', ARGV[4], 'epoch', 0, 'revision', 0, 'snapshot', 0, 'title', ARGV[1],
    'created', ARGV[2])
if ARGV[5] ~= '0' then
    redis.call('EXPIRE', KEYS[1], ARGV[5])
    -- At one moment: Redis' clock goes on from call to call.
    redis.call('PEXPIREAT', KEYS[2], redis.call('PEXPIRETIME', KEYS[1]))
end
return 1
