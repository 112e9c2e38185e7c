-- Per cord: how many bundles were taken, the last of them, and when it was last heard. Every taken bundle has an item 0.
SELECT cord, uniqExactIf(sequence, item = 0) AS taken, max(sequence) AS last, toUnixTimestamp64Milli(max(recorded_at)) AS heard_at
FROM items
GROUP BY cord
