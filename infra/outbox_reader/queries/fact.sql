-- What the node wrote under this name.
SELECT value FROM facts WHERE name = ?
