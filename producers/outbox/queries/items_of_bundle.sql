SELECT item, id, version, verdict, code, field FROM items WHERE cord = ? AND sequence = ?
