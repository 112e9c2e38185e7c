-- From which file did this item come?
SELECT name FROM items JOIN files USING (file) WHERE cord = ? AND sequence = ? AND item = ?
