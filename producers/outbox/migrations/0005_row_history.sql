-- What the node must remember of its items to read national exports that repeat them. Nothing of
-- a record is in clear: likenesses are keyed hashes.

-- Items that a retraction withdrew, with the statement that did. Retractions of before this table
-- are not in it.
CREATE TABLE withdrawals (
    target BLOB PRIMARY KEY,
    statement BLOB NOT NULL,
    reason TEXT NOT NULL,
    since INTEGER NOT NULL -- ms since 1970 UTC
) WITHOUT ROWID;

-- The highest version number that a row of an item had.
CREATE TABLE row_numbers (item BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;

-- Of items without a reference: a keyed hash of the content without capitals and spaces.
CREATE TABLE likenesses (likeness BLOB PRIMARY KEY, item BLOB NOT NULL) WITHOUT ROWID;
