-- What decides until when an item may be kept. `stated`: the review date of its newest version, where
-- its owner gave one (ISO 8601; its envelope has it in clear, too). `sealed`: what its content says
-- in the fields that decide on its period, sealed as references are; an erasure removes the row.
-- Items of before this table have the period of their type.
CREATE TABLE retention_terms (item BLOB PRIMARY KEY, stated TEXT, sealed BLOB) WITHOUT ROWID;

-- Extensions that this node published: of which item, by which event, until when, why, and when it
-- was sealed (ms since 1970 UTC).
CREATE TABLE extensions (
    target BLOB NOT NULL,
    statement BLOB NOT NULL,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (target, statement)
) WITHOUT ROWID;
