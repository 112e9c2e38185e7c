SELECT hash FROM bundles WHERE cord = ? AND sequence = ?
