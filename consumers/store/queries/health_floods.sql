-- Which authorities wrote more records on one thing since then than any rule of its kind counts? `kinds`, `limits`: the largest hub of each
-- kind; `other`: of the rest. A correction is the same record; a retracted one counts, since it was written.
SELECT country, authority, max(records) AS most, count() AS things
FROM (
    SELECT thing, country, JSONExtractString(label, 'authority') AS authority, any(kind) AS of_kind, uniqExact(event_id) AS records
    FROM observations
    WHERE op = 'add' AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
    GROUP BY thing, country, authority
    HAVING records > transform(of_kind, {kinds:Array(String)}, {limits:Array(UInt64)}, toUInt64({other:UInt64}))
)
GROUP BY country, authority
ORDER BY most DESC, country, authority
