-- Which indicators have evidence, newest first? The newest piece of evidence of each, read backwards in the projection `newest_first`, as
-- far as the limit: so no grouping here, and no second key of the order. Whether one holds, and for whom, is decided by the fold of its rows; the
-- filters on a piece of evidence only spare that work: the fold judges them again on what is released. `notified_*`: the authority whose nodes
-- were notified of it; empty for any.
SELECT UUIDNumToString(indicator) AS id, toUnixTimestamp64Milli(recorded_at) AS newest
FROM evidence
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND recorded_at >= fromUnixTimestamp64Milli({recorded_since:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
  AND has({rules:Array(String)}, rule)
  AND ({grade:String} = '' OR grade = {grade:String})
  AND ({country:String} = '' OR indicator IN (SELECT indicator FROM evidence WHERE country = {country:String}
          AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))))
  AND ({dated:UInt8} = 0 OR indicator IN (
        SELECT indicator FROM evidence
        WHERE ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
          AND toUnixTimestamp64Milli(occurred) >= {since:Int64} AND toUnixTimestamp64Milli(occurred) < {until:Int64}))
  AND ({text:String} = '' OR indicator IN (
        SELECT indicator FROM evidence
        WHERE ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
          AND (has({places:Array(String)}, ifNull(subdivision, '')) OR position(lowerUTF8(label), {text:String}) > 0
           OR arrayExists(trait -> position(lowerUTF8(trait), {text:String}) > 0, mapValues(traits)))))
  AND ({notified_authority:String} = '' OR indicator IN (
        SELECT arrayJoin(indicators) FROM disclosures
        WHERE through = 'hit' AND country = {notified_country:String} AND ifNull(authority, '') = {notified_authority:String}
          AND ifNull(exercise, '') = {notified_world:String} AND recorded_at <= fromUnixTimestamp64Milli({notified_until:Int64}, 'UTC')))
ORDER BY recorded_at DESC
LIMIT 1 BY indicator
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
