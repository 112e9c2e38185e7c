-- Of these cords: sequences that were never heard though a later one was, as ranges, and since when that is known.
SELECT cord, previous + 1 AS first, sequence - 1 AS last, toUnixTimestamp64Milli(recorded) AS since_at
FROM
(
    SELECT
        cord, sequence, recorded,
        lagInFrame(sequence, 1, toInt64(-1)) OVER (PARTITION BY cord ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS previous
    FROM
    (
        SELECT cord, toInt64(sequence) AS sequence, min(recorded_at) AS recorded
        FROM items
        WHERE item = 0 AND cord IN {cords:Array(String)}
        GROUP BY cord, sequence
    )
)
WHERE sequence > previous + 1
ORDER BY cord, first
LIMIT 100
