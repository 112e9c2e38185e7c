-- Which are the newest of the records with these words? They are those of matched_records.sql.
SELECT UUIDNumToString(event_id) AS event, toUnixTimestamp64Milli(recorded_at) AS newest
FROM (<matched>)
ORDER BY recorded_at DESC, event_id
LIMIT {limit:UInt64}
