-- Settings that say of a cord that it must not be written on again.
SELECT name FROM facts WHERE name LIKE 'broken:%'
