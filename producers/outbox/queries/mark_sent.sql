UPDATE bundles SET state = 'sent' WHERE cord = ? AND sequence = ? AND state = 'sealed'
