-- A country node's outbox, version 3. No content in clear: bundles are sealed, key lists wrapped, refusals name fields and codes only, hits
-- tell of others' records no more than whose and how many.
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row a cord (node/lane/epoch). Sums: SHA-256(id || version), its first 16 bytes read as a little-endian number, added modulo 2^128; as hex text.
CREATE TABLE cords (
    cord TEXT PRIMARY KEY,
    taken INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    sealed_sum TEXT NOT NULL DEFAULT '00000000000000000000000000000000',
    accepted_sum TEXT NOT NULL DEFAULT '00000000000000000000000000000000'
) WITHOUT ROWID;

-- state: sealed (to be sent) | sent (acknowledged by Kafka) | answered | refused (whole, with its code) | abandoned (its epoch was closed).
-- list_state: the key list as it stands here is 'current' in Kafka, or 'changed' (to be published).
CREATE TABLE bundles (
    cord TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    key_id TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'sealed',
    code TEXT NOT NULL DEFAULT '',
    list_state TEXT NOT NULL DEFAULT 'changed',
    sealed_at INTEGER NOT NULL,
    recorded_at INTEGER, -- ms since 1970 UTC: when the log took it, as its receipt says
    PRIMARY KEY (cord, sequence)
);

-- The signed bytes, apart, so that a change of state does not write them anew. Only an erasure changes a key list.
CREATE TABLE contents (cord TEXT NOT NULL, sequence INTEGER NOT NULL, bundle BLOB NOT NULL, key_list BLOB NOT NULL, PRIMARY KEY (cord, sequence));
CREATE INDEX bundles_waiting ON bundles (state) WHERE state IN ('sealed', 'refused');

CREATE TABLE items (
    number INTEGER PRIMARY KEY,
    cord TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    item INTEGER NOT NULL,
    id BLOB NOT NULL,
    version BLOB NOT NULL,
    type TEXT NOT NULL,
    file INTEGER,
    line INTEGER,
    why TEXT, -- of a correction, retraction or erasure: the code of its reason
    verdict TEXT,
    code TEXT NOT NULL DEFAULT '',
    field TEXT NOT NULL DEFAULT '',
    told INTEGER, -- rises with every change of a verdict: where a reader of receipts goes on
    UNIQUE (cord, sequence, item)
);
CREATE INDEX items_id ON items (id);
CREATE INDEX items_told ON items (told) WHERE told IS NOT NULL;
CREATE INDEX items_open ON items (number) WHERE verdict IS NULL;

CREATE TABLE files (file INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

-- Why items were not taken. The same file again replaces its lines; ALREADY_TAKEN is counted only.
CREATE TABLE refusals (
    file INTEGER NOT NULL,
    line INTEGER NOT NULL,
    code TEXT NOT NULL,
    field TEXT NOT NULL,
    source_column TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (file, line, code, field)
) WITHOUT ROWID;

-- stage: stated (the erasure is sealed) | cut (no key of it here any more) | published | done (its lists' segment has rolled).
CREATE TABLE erasures (id BLOB PRIMARY KEY, stage TEXT NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;

-- What the node's authority was told of indicators that its records take part in: of each the newest Hit (framed); one that ended keeps its
-- title and the own records alone. `told` rises with every change, as in items.
CREATE TABLE hits (
    indicator BLOB NOT NULL,
    exercise TEXT NOT NULL,
    live INTEGER NOT NULL,
    hit BLOB NOT NULL,
    heard_at INTEGER NOT NULL, -- ms since 1970 UTC: when the mechanism said it
    told INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (indicator, exercise)
) WITHOUT ROWID;

CREATE VIEW reconcile AS
SELECT
    cords.cord,
    taken,
    refused,
    count(items.number) AS sealed,
    count(items.number) FILTER (WHERE verdict = 'accepted') AS accepted,
    count(items.number) FILTER (WHERE verdict = 'duplicate') AS duplicate,
    count(items.number) FILTER (WHERE verdict = 'pending') AS pending,
    count(items.number) FILTER (WHERE verdict = 'rejected') AS rejected,
    count(items.number) FILTER (WHERE items.number IS NOT NULL AND verdict IS NULL) AS unanswered,
    sealed_sum,
    accepted_sum
FROM cords LEFT JOIN items ON items.cord = cords.cord AND items.verdict IS NOT 'abandoned'
GROUP BY cords.cord;
CREATE INDEX bundles_lists ON bundles (list_state) WHERE list_state = 'changed';
