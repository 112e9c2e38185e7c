-- What the node's authority learns of indicators that its records take part in: of each the newest
-- Hit (framed). One that ended keeps only its title and the own records. Hits tell of others'
-- records no more than whose and how many. `told` rises with every change, as in items.
CREATE TABLE hits (
    indicator BLOB NOT NULL,
    exercise TEXT NOT NULL,
    live INTEGER NOT NULL,
    hit BLOB NOT NULL,
    heard_at INTEGER NOT NULL, -- ms since 1970 UTC: when the mechanism wrote it
    told INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (indicator, exercise)
) WITHOUT ROWID;
