UPDATE bundles SET list_state = 'changed' WHERE cord = ? AND sequence = ?
