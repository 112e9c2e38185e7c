-- Which objects of some kinds were ever about these things? `ids`: as references have them. Who may see them is decided afterwards.
SELECT DISTINCT hex(object) AS id
FROM work
WHERE kind IN {kinds:Array(String)} AND exercise = {exercise:String} AND hasAny(about, {ids:Array(String)})
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY id
