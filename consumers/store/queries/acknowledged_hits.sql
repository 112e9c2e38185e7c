-- When did somebody of an authority acknowledge hits? A row a time, the oldest first. `world`: the exercise; empty for real cases.
SELECT UUIDNumToString(arrayJoin(indicators)) AS id, toUnixTimestamp64Milli(recorded_at) AS acknowledged
FROM disclosures
WHERE has(questions, 'acknowledged') AND country = {country:String} AND ifNull(authority, '') = {authority:String}
  AND ifNull(exercise, '') = {world:String} AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY recorded_at
