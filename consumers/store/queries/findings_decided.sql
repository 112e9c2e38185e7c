-- About which findings did somebody open a verdict since a moment? As references have them; the newest first. Who may see which is decided afterwards.
SELECT about, max(toUnixTimestamp64Milli(recorded_at)) AS newest
FROM work
WHERE kind IN {kinds:Array(String)} AND exercise = {exercise:String} AND notEmpty(about)
  AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
GROUP BY about
ORDER BY newest DESC, about
LIMIT {most:UInt32}
