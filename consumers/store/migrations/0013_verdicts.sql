-- What analysts decided of pairs of persons, as the topic quipu.disclosures tells it: whether two persons of events are one. The last word of a
-- pair counts; `withdrawn` leaves none. An empty authority or exercise: none.

CREATE TABLE IF NOT EXISTS {database}.verdicts
(
    first FixedString(16) COMMENT 'the event of one person; with first_person the smaller end of the pair',
    first_person UInt32,
    second FixedString(16),
    second_person UInt32,
    word LowCardinality(String) COMMENT 'confirmed, rejected, open or withdrawn',
    reason LowCardinality(String) COMMENT 'a code of the list verdict_reason',
    person LowCardinality(String) COMMENT 'who decided',
    country LowCardinality(String),
    authority LowCardinality(String),
    exercise LowCardinality(String),
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    INDEX by_second second TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (first, first_person, second, second_person, recorded_at, topic, partition, offset)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 256;
