-- Which versions of records have these words, are released, and count as of a moment? A part of other questions; which version counts is
-- decided as in stored_facts.sql. `month`: 0 for any; `before`: where a part of a list begins.
SELECT event_id, type, country, toYYYYMM(happened) AS month, recorded_at, words
FROM record_words
WHERE <words>
  AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND recorded_at <= fromUnixTimestamp64Milli({before:Int64}, 'UTC')
  AND ({type:String} = '' OR type = {type:String})
  AND ({country:String} = '' OR country = {country:String})
  AND ({month:UInt32} = 0 OR toYYYYMM(happened) = {month:UInt32})
  AND (event_id, version) NOT IN (
        SELECT event_id, version FROM replaced WHERE act = 'correction' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC'))
  AND event_id NOT IN (
        SELECT event_id FROM replaced
        WHERE act = 'erasure' OR (act = 'retraction' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')))
  AND (event_id, version) NOT IN (
        SELECT UUIDStringToNum(pair.1), UUIDStringToNum(pair.2)
        FROM (SELECT arrayJoin(arrayZip({ended_events:Array(String)}, {ended_versions:Array(String)})) AS pair))
  AND (empty({hidden:Array(String)}) OR event_id NOT IN (SELECT UUIDStringToNum(arrayJoin({hidden:Array(String)}))))
