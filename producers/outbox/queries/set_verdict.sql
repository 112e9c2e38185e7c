UPDATE items SET verdict = ?, code = ?, field = ?, told = ?
WHERE cord = ? AND sequence = ? AND item = ?
