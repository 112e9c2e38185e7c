-- Which pairs of events did analysts ever confirm as one person? Whether the last word says so, and whether both ends are released to the
-- reader, is decided afterwards; so there is no limit that hidden ones could use up.
SELECT DISTINCT UUIDNumToString(first) AS event, UUIDNumToString(second) AS other
FROM verdicts
WHERE word = 'confirmed' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY event, other
SETTINGS prefer_column_name_to_alias = 1
