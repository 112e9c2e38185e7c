-- Where the search finds records by words: of each version of an event the words of all its texts (consumers.store.record_words), with a text
-- index over them. Which version counts, whether it is released, and whether the event was retracted is decided by each question. `label_id` is
-- that of events.label_id and comes first in the order, so that rows of labels that are not released are not read. An erasure removes the rows
-- of its event; a statement that removes rows rewrites a part with its index, so that parts are of a quarter of a year.

CREATE TABLE IF NOT EXISTS {database}.record_words
(
    label_id UInt64,
    recorded_at DateTime64(3, 'UTC'),
    event_id FixedString(16),
    version FixedString(16),
    type LowCardinality(String),
    country LowCardinality(String),
    happened DateTime64(3, 'UTC') COMMENT 'when it occurred; where that is not known, when it was reported',
    words String CODEC(ZSTD(1)),
    INDEX by_word words TYPE text(tokenizer = splitByString([' '])),
    INDEX by_event event_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY toStartOfQuarter(recorded_at)
ORDER BY (label_id, recorded_at, event_id, version)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 512;
