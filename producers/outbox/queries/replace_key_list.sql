UPDATE contents SET key_list = ? WHERE cord = ? AND sequence = ?
