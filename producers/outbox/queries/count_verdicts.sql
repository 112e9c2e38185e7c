SELECT ifnull(verdict, ''), count(*) FROM items
WHERE cord = ? AND sequence >= ? AND sequence < ?
GROUP BY 1
