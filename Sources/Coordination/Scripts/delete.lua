-- Removes everything about a room and tells whoever follows it.
-- KEYS[1] {room}:meta   KEYS[2] {room}:snapshot   KEYS[3] {room}:log   KEYS[4] {room}:out, the channel
-- KEYS[5] {room}:refused   KEYS[6] {room}:notes
-- Returns 1 if it was there, 0 if not. Its owner finds no epoch any more and lets go.
local removed = redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[5], KEYS[6])
redis.call('SPUBLISH', KEYS[4], '1 deleted\n')
return math.min(removed, 1)
