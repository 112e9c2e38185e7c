SELECT file FROM files WHERE name = ?
