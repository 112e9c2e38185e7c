-- Items of bundles that the mechanism refused as a whole.
SELECT count(*) FROM items JOIN bundles USING (cord, sequence)
WHERE cord = ? AND sequence >= ? AND sequence < ? AND state = 'refused'
