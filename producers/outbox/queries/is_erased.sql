SELECT 1 FROM erasures WHERE id = ?
