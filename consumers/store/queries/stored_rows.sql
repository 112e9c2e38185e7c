-- How many rows do items and events have? A read of metadata: it says whether counting again is worth it.
SELECT (SELECT count() FROM items), (SELECT count() FROM events)
