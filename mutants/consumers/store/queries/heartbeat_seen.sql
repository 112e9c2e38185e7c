-- Whether this event, a heartbeat, is in the tables: a row, or none. `id`: 32 hexadecimal digits.
SELECT 1 FROM events WHERE id = toFixedString(unhex({id:String}), 16) AND type = 'heartbeat' LIMIT 1
