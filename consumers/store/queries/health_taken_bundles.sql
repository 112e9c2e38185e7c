-- Which of these bundles were taken, and when last: their events, by cord and number. It may name others of the same cords.
SELECT toString(cord) AS on_cord, sequence, groupUniqArray(id) AS events, toUnixTimestamp64Milli(max(recorded_at)) AS at
FROM items
WHERE cord IN {cords:Array(String)} AND sequence IN {sequences:Array(UInt64)} AND verdict IN ('accepted', 'duplicate', 'pending')
GROUP BY on_cord, sequence
