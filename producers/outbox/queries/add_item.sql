INSERT INTO items (cord, sequence, item, id, version, type, file, line, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
