-- Are there events with named persons, and no key of any person? So a release without the table `person_keys` left them.
SELECT 1 FROM events
WHERE (SELECT count() FROM (SELECT 1 FROM person_keys LIMIT 1)) = 0 AND erased = 0 AND payload LIKE '%"given_names":"%'
LIMIT 1
