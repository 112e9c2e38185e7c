-- Who received which hits, and what: for a backup.
SELECT indicator, country, authority, exercise, content, written FROM hits FINAL
