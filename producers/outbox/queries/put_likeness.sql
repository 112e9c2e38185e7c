INSERT OR REPLACE INTO likenesses (likeness, item) VALUES (?, ?)
