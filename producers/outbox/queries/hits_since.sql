SELECT live, hit, heard_at, told, counterparts, acknowledged_by, acknowledged_at
FROM hits WHERE told > ? ORDER BY told LIMIT ?
