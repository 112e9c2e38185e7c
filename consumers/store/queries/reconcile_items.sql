-- Per cord: what became of each sealed item, and the checksum of those accepted.
-- The checksum: the sum, modulo 2^128, of the first 16 bytes of SHA-256(id || version), read as a little-endian number.
SELECT
    cord, count() AS sealed, countIf(verdict = 'accepted') AS accepted, countIf(verdict = 'duplicate') AS duplicate,
    countIf(verdict = 'pending') AS pending, countIf(verdict = 'rejected') AS rejected,
    toString(sum(number)) AS sealed_sum, toString(sumIf(number, verdict = 'accepted')) AS accepted_sum,
    max(sequence) AS through
FROM (SELECT cord, sequence, verdict, reinterpretAsUInt128(substring(SHA256(concat(id, version)), 1, 16)) AS number FROM items FINAL)
GROUP BY cord
ORDER BY cord
