SELECT sequence FROM bundles WHERE cord = ? AND state IN ('sealed', 'refused')
