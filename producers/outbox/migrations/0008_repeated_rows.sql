-- Of the refused rows, how many were only repeated: the node had taken them before, or there is
-- nothing to do with them. Rows of before this column count as refused alone.
ALTER TABLE cords ADD COLUMN repeated INTEGER NOT NULL DEFAULT 0;
DROP VIEW reconcile;
CREATE VIEW reconcile AS
SELECT
    cords.cord,
    taken,
    refused,
    repeated,
    count(items.number) AS sealed,
    count(items.number) FILTER (WHERE verdict = 'accepted') AS accepted,
    count(items.number) FILTER (WHERE verdict = 'duplicate') AS duplicate,
    count(items.number) FILTER (WHERE verdict = 'pending') AS pending,
    count(items.number) FILTER (WHERE verdict = 'rejected') AS rejected,
    count(items.number) FILTER (WHERE items.number IS NOT NULL AND verdict IS NULL) AS unanswered,
    sealed_sum,
    accepted_sum
FROM cords LEFT JOIN items ON items.cord = cords.cord AND items.verdict IS NOT 'abandoned'
GROUP BY cords.cord;
