SELECT live, hit, heard_at, told FROM hits WHERE told > ? ORDER BY told LIMIT ?
