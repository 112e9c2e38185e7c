-- Every act on these objects up to a moment, in the order of the log. Who may see which is decided afterwards. `ids`: 32 hexadecimal digits.
SELECT
    UUIDNumToString(object) AS object, kind, act, about_kinds, about, item, member, member_country, member_role, scope, sharing_group, code,
    person, country, authority, exercise, toUnixTimestamp64Milli(recorded_at) AS recorded_at, offset
FROM (
    SELECT DISTINCT * FROM work
    WHERE object IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
      AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
)
ORDER BY object, recorded_at, offset
SETTINGS prefer_column_name_to_alias = 1
