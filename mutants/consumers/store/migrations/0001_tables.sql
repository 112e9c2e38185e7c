-- The tables of one generation. All of it can be dropped and rebuilt from the log.
--
-- A position is (recorded_at, topic, partition, offset, item): when and where the log said it; recorded_at is Kafka's append time.
-- Tables of versions are ordered by identity and position, so that only true copies of one row collapse.
-- Ids are 16 raw bytes, first byte first; UUIDNumToString(id) shows them as people write them (the *_text aliases do).
-- What an erasure rewrote leaves the disk within a minute or two: old_parts_lifetime and the delays of the clean-up say so (seconds).

CREATE TABLE IF NOT EXISTS {database}.events
(
    id FixedString(16),
    version FixedString(16),
    supersedes Nullable(FixedString(16)),
    correction_reason Nullable(String),
    type LowCardinality(String),
    country LowCardinality(String),
    authority LowCardinality(String),
    node LowCardinality(String),
    recipients Array(LowCardinality(String)),
    tlp LowCardinality(String),
    handling Array(LowCardinality(String)),
    condition Nullable(String),
    purpose LowCardinality(String),
    legal_basis LowCardinality(String),
    urgency LowCardinality(String),
    justification Nullable(String),
    crime LowCardinality(String),
    case_reference Nullable(String),
    exercise Nullable(String),
    evaluation_scheme LowCardinality(String),
    evaluation_source LowCardinality(String),
    evaluation_information LowCardinality(String),
    occurred_from Nullable(DateTime64(3, 'UTC')),
    occurred_until Nullable(DateTime64(3, 'UTC')),
    occurred_precision LowCardinality(String),
    reported_at DateTime64(3, 'UTC'),
    place_country Nullable(String),
    subdivision Nullable(String),
    language LowCardinality(String),
    review_date Nullable(String),
    schema FixedString(32),
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    item UInt32,
    cord LowCardinality(String),
    sequence UInt64,
    target Nullable(FixedString(16)),
    payload String CODEC(ZSTD(3)),
    erased UInt8,
    reference String MATERIALIZED JSONExtractString(payload, 'source_reference'),
    id_text String ALIAS UUIDNumToString(id),
    INDEX by_recorded recorded_at TYPE minmax GRANULARITY 1,
    INDEX by_target target TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_reference reference TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(erased)
ORDER BY (id, recorded_at, topic, partition, offset, item)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 1024;

CREATE TABLE IF NOT EXISTS {database}.items
(
    cord LowCardinality(String),
    sequence UInt64,
    item UInt32,
    id FixedString(16),
    version FixedString(16),
    verdict LowCardinality(String),
    code LowCardinality(String),
    field String,
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    accepted_offset UInt64 COMMENT 'where the accepted topic says so: a pending item accepted later says so again, further on',
    id_text String ALIAS UUIDNumToString(id),
    INDEX by_id id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(accepted_offset)
ORDER BY (topic, partition, offset, item)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1;

CREATE TABLE IF NOT EXISTS {database}.observations
(
    thing FixedString(16),
    event_id FixedString(16),
    op LowCardinality(String),
    kind LowCardinality(String),
    certainty LowCardinality(String),
    type LowCardinality(String),
    country LowCardinality(String),
    label LowCardinality(String) COMMENT 'JSON of the release label; empty unless op is add',
    occurred Nullable(DateTime64(3, 'UTC')),
    subdivision Nullable(String),
    traits Map(LowCardinality(String), String),
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    item UInt32,
    thing_text String ALIAS UUIDNumToString(thing),
    event_text String ALIAS UUIDNumToString(event_id),
    INDEX by_event event_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (thing, event_id, recorded_at, topic, partition, offset, item, op)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 1024;

CREATE TABLE IF NOT EXISTS {database}.evidence
(
    indicator FixedString(16),
    event_id FixedString(16),
    role LowCardinality(String),
    op LowCardinality(String),
    rule LowCardinality(String),
    rule_version UInt32,
    grade LowCardinality(String),
    kind LowCardinality(String),
    thing FixedString(16),
    certainty LowCardinality(String),
    weights Map(LowCardinality(String), Float64),
    type LowCardinality(String),
    country LowCardinality(String),
    label LowCardinality(String) COMMENT 'JSON of the release label; empty unless op is add',
    occurred Nullable(DateTime64(3, 'UTC')),
    subdivision Nullable(String),
    traits Map(LowCardinality(String), String),
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    item UInt32,
    indicator_text String ALIAS UUIDNumToString(indicator),
    thing_text String ALIAS UUIDNumToString(thing),
    event_text String ALIAS UUIDNumToString(event_id),
    INDEX by_thing thing TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_event event_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (indicator, event_id, role, recorded_at, topic, partition, offset, item, op)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 1024;

CREATE TABLE IF NOT EXISTS {database}.rejects
(
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    code LowCardinality(String),
    detail String,
    recorded_at DateTime64(3, 'UTC'),
    size UInt32,
    node Nullable(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, offset, code, detail)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1;
