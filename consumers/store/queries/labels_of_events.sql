-- Which labels do events bear? At most `limit`; read from the projection `labels`.
SELECT label_id, country, authority, recipients, tlp, handling, condition, purpose, exercise
FROM events
GROUP BY label_id, country, authority, recipients, tlp, handling, condition, purpose, exercise
LIMIT {limit:UInt64}
