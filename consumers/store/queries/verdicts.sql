-- What did analysts last decide of the persons of these events, up to a moment? `ids`: UUIDs as text. A pair whose last word was withdrawn has
-- none. Whether both ends are released to the reader is decided afterwards.
SELECT
    UUIDNumToString(first) AS first, first_person, UUIDNumToString(second) AS second, second_person, word, reason, person, country, authority,
    toUnixTimestamp64Milli(recorded_at) AS recorded_at
FROM (
    SELECT * FROM verdicts
    WHERE (first IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
        OR second IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)}))))
      AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
    ORDER BY first, first_person, second, second_person, recorded_at DESC, offset DESC
    LIMIT 1 BY first, first_person, second, second_person
)
WHERE word != 'withdrawn'
ORDER BY first, first_person, second, second_person
SETTINGS prefer_column_name_to_alias = 1
