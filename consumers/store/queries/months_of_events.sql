-- What is stored of the versions of these events: of which type and month are they, and since when? `ids`: hexadecimal digits.
SELECT
    lower(hex(id)), lower(hex(version)), lower(hex(ifNull(supersedes, ''))), toString(type), toYYYYMM(ifNull(occurred_from, reported_at)),
    toUnixTimestamp64Milli(recorded_at)
FROM events
PREWHERE id IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
