UPDATE items SET verdict = 'abandoned', told = item + ?
WHERE cord = ? AND sequence = ? AND verdict IS NULL
