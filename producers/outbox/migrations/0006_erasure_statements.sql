-- What an erasure's certificate needs: the event that states the erasure, its reason, and when it
-- was stated (ms since 1970 UTC). Erasures of before this table have none.
CREATE TABLE erasure_statements (
    target BLOB PRIMARY KEY,
    statement BLOB NOT NULL,
    reason TEXT NOT NULL,
    stated_at INTEGER NOT NULL
) WITHOUT ROWID;
