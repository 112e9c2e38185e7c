SELECT id, version FROM items WHERE cord = ? AND sequence = ? AND verdict IS NULL
