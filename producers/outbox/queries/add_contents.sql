INSERT INTO contents VALUES (?, ?, ?, ?)
