-- What was written by each act on these objects up to a moment. `ids`: 32 hexadecimal digits.
SELECT DISTINCT offset, content FROM work_content
WHERE object IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
