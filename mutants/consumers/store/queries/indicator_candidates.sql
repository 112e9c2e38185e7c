-- Which indicators have evidence, newest first? A row a piece of evidence, read backwards in the projection `newest_first`, as far as the
-- limit: so no grouping here, and no second key of the order. Whether one holds, and for whom, is decided by the fold of its rows; the
-- filters on a piece of evidence only spare that work: the fold judges them again on what is released.
SELECT UUIDNumToString(indicator) AS id, toUnixTimestamp64Milli(recorded_at) AS newest
FROM evidence
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND has({rules:Array(String)}, rule)
  AND ({grade:String} = '' OR grade = {grade:String})
  AND ({country:String} = '' OR indicator IN (SELECT indicator FROM evidence WHERE country = {country:String}))
  AND ({dated:UInt8} = 0 OR indicator IN (
        SELECT indicator FROM evidence
        WHERE toUnixTimestamp64Milli(occurred) >= {since:Int64} AND toUnixTimestamp64Milli(occurred) < {until:Int64}))
  AND ({text:String} = '' OR indicator IN (
        SELECT indicator FROM evidence
        WHERE has({places:Array(String)}, ifNull(subdivision, '')) OR position(lowerUTF8(label), {text:String}) > 0
           OR arrayExists(said -> position(lowerUTF8(said), {text:String}) > 0, mapValues(traits))))
ORDER BY recorded_at DESC
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
