-- Which objects of some kinds may a reader see: by an act of their own, as a member, or by an audience that they belong to? Whether they do is decided
-- afterwards, from all acts. The newest first.
SELECT hex(object) AS id, max(toUnixTimestamp64Milli(recorded_at)) AS newest
FROM work
WHERE kind IN {kinds:Array(String)} AND exercise = {exercise:String}
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND object IN (
    SELECT object FROM work
    WHERE (person = {person:String} AND country = {country:String})
       OR (member = {person:String} AND member_country = {country:String})
       OR (scope = 'authority' AND country = {country:String} AND authority = {authority:String})
       OR (scope = 'country' AND country = {country:String})
       OR (scope = 'group' AND sharing_group IN {groups:Array(String)})
  )
GROUP BY object
ORDER BY newest DESC, id
LIMIT {most:UInt32}
