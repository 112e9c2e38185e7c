UPDATE contents SET bundle = ?, key_list = ? WHERE cord = ? AND sequence = ?
