SELECT sequence, hash FROM bundles WHERE cord = ? ORDER BY sequence DESC LIMIT 1
