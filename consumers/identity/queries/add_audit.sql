INSERT INTO audit (at, actor, act, subject, address, detail) VALUES (?, ?, ?, ?, ?, ?)
