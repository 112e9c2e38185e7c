-- What came of the items of a cord up to a sequence?
SELECT id, version, ifnull(verdict, '') FROM items
WHERE cord = ? AND sequence <= ? AND verdict IS NOT 'abandoned'
