UPDATE bundles SET list_state = 'current' WHERE cord = ? AND sequence = ?
