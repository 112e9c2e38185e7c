-- When were the nodes of an authority notified of these indicators? A row a time, the oldest first. `ids`: UUIDs as text. `world`: the
-- exercise; empty for real cases.
SELECT UUIDNumToString(indicator) AS id, toUnixTimestamp64Milli(recorded_at) AS notified
FROM (
    SELECT arrayJoin(indicators) AS indicator, recorded_at
    FROM disclosures
    WHERE through = 'hit' AND country = {country:String} AND ifNull(authority, '') = {authority:String}
      AND ifNull(exercise, '') = {world:String} AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC'))
WHERE indicator IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
ORDER BY recorded_at
