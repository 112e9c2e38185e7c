-- Is any hit known to have been sent?
SELECT 1 FROM hits LIMIT 1
