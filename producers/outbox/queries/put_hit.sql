INSERT OR REPLACE INTO hits (indicator, exercise, live, hit, counterparts, heard_at, told)
VALUES (?, ?, ?, ?, ?, ?, ?)
