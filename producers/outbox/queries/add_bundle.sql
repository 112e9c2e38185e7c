INSERT INTO bundles (cord, sequence, hash, key_id, sealed_at) VALUES (?, ?, ?, ?, ?)
