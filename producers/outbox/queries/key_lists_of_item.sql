SELECT items.cord, sequence, item, verdict, items.code, field, key_list
FROM items JOIN contents USING (cord, sequence)
WHERE id = ?
