-- A bundle that the mechanism misses.
UPDATE bundles SET state = 'sealed' WHERE cord = ? AND sequence = ? AND state = 'sent'
