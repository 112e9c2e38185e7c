-- Per cord: how many accepted items are stored, and their checksum (as in reconcile_items); how many of them can be counted, and of how
-- many the line of the record is in facts. A set of 64-bit hashes, since ids and versions of 10 million events would not fit.
WITH erased = 0 AND type NOT IN ('retraction', 'erasure', 'heartbeat', 'retention_extension') AS is_countable
SELECT
    cord, count() AS stored, toString(sum(reinterpretAsUInt128(substring(SHA256(concat(id, version)), 1, 16)))) AS stored_sum,
    countIf(is_countable) AS countable,
    countIf(is_countable AND sipHash64(id, version) IN (SELECT sipHash64(event_id, version) FROM facts WHERE line = 0)) AS counted
FROM events FINAL
GROUP BY cord
ORDER BY cord
