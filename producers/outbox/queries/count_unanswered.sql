SELECT count(*) FROM items WHERE verdict IS NULL
