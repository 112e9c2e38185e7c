UPDATE bundles SET state = 'abandoned' WHERE cord = ? AND sequence = ?
