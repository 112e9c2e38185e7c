-- Per cord: how many accepted items are stored, and their checksum (as in reconcile_items).
SELECT cord, count() AS stored, toString(sum(reinterpretAsUInt128(substring(SHA256(concat(id, version)), 1, 16)))) AS stored_sum
FROM events FINAL
GROUP BY cord
ORDER BY cord
