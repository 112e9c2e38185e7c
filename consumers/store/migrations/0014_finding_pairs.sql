-- Which records are a pair under which rule, whoever asks: what figures of findings count, so that no question folds all evidence.
-- streams.correlation.lasting_pairs computes it from all evidence of an indicator; the rows of one computation have one `run`. Times are ms
-- since 1970 UTC. A thing that so many share that it may be a hub has one row, which is crowded and has no pair.
--
-- changed_findings: whose evidence a batch changes, marked before it is written. paired_batches: up to which batch of each writer the pairs
-- are computed, and in which run. A question folds what is marked since. paired_rules: of which rules all pairs are there. ended_runs: what
-- another run has replaced.

CREATE TABLE IF NOT EXISTS {database}.finding_pairs
(
    indicator FixedString(16),
    run UInt64,
    rule LowCardinality(String),
    rule_digest UInt64 COMMENT 'of what decides that two records are a pair',
    grade LowCardinality(String),
    is_crowded UInt8,
    since Int64 COMMENT 'from when both records are live',
    until Int64 COMMENT 'exclusive',
    first_event FixedString(16),
    second_event FixedString(16),
    first_label UInt64 COMMENT 'as evidence.label_id',
    second_label UInt64,
    first_country LowCardinality(String),
    second_country LowCardinality(String),
    first_subdivision LowCardinality(String) COMMENT 'empty: unknown',
    second_subdivision LowCardinality(String),
    first_occurred Nullable(Int64),
    second_occurred Nullable(Int64),
    first_recorded Int64,
    second_recorded Int64,
    excluders Array(Tuple(label UInt64, event FixedString(16), since Int64, until Int64)) COMMENT 'records that exclude one of the two for who sees them'
)
ENGINE = MergeTree
ORDER BY (indicator, run)
SETTINGS index_granularity = 1024, old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1;

CREATE TABLE IF NOT EXISTS {database}.changed_findings
(
    indicator FixedString(16),
    writer UInt64 COMMENT 'random, of one process',
    batch UInt64 COMMENT 'counted by the writer',
    at DateTime DEFAULT now()
)
ENGINE = MergeTree
ORDER BY (writer, batch);

CREATE TABLE IF NOT EXISTS {database}.paired_batches
(
    writer UInt64,
    batch UInt64,
    run UInt64
)
ENGINE = ReplacingMergeTree(batch)
ORDER BY writer;

CREATE TABLE IF NOT EXISTS {database}.paired_rules
(
    digest UInt64,
    run UInt64
)
ENGINE = ReplacingMergeTree(run)
ORDER BY digest;

CREATE TABLE IF NOT EXISTS {database}.ended_runs
(
    indicator FixedString(16),
    run UInt64,
    ended_by UInt64,
    at DateTime DEFAULT now()
)
ENGINE = MergeTree
ORDER BY (indicator, run);
