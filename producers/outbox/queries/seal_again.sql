UPDATE bundles SET key_id = ?, state = 'sealed', code = '', list_state = 'changed'
WHERE cord = ? AND sequence = ?
