-- What the node remembers as a witness, for each tree of the log: the newest checkpoint that it
-- verified, and the first that contradicted one before. Both are signed notes, which anybody can
-- check. state: seen (to be countersigned) | cosigned (the countersignature is in Kafka).
CREATE TABLE checkpoints (
    origin TEXT PRIMARY KEY,
    note TEXT,
    seen_at INTEGER, -- ms since 1970 UTC, by this node's clock
    state TEXT NOT NULL DEFAULT 'cosigned',
    contradiction TEXT
) WITHOUT ROWID;
