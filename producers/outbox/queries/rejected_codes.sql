-- Why were items of each cord rejected?
SELECT cord, code, count(*) FROM items WHERE verdict = 'rejected' GROUP BY cord, code ORDER BY cord, code
