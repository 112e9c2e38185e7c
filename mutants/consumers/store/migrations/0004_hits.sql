-- What the process `hits` told whom: so that a hit is sent again only where what it says has changed, and an end only to who heard of the beginning.
-- It is no derived table of the log: where it is empty it is filled from the disclosure ledger (queries/hits_told_by_ledger.sql).

CREATE TABLE IF NOT EXISTS {database}.hits
(
    indicator FixedString(16),
    country LowCardinality(String),
    authority LowCardinality(String),
    exercise LowCardinality(String) COMMENT 'empty: of real cases',
    content FixedString(16) COMMENT 'the first bytes of the SHA-256 of what was told; zeros: it is being told, or what it said is not known',
    written UInt64 COMMENT 'ns since 1970 UTC'
)
ENGINE = ReplacingMergeTree(written)
ORDER BY (indicator, country, authority, exercise)
SETTINGS index_granularity = 1024;
