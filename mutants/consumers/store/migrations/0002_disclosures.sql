-- The disclosure ledger as the topic quipu.disclosures tells it: what was shown to whom, and which conditions were accepted.
-- Like all tables of a generation it is filled from a topic that is kept for ever, so it can be dropped and rebuilt.

CREATE TABLE IF NOT EXISTS {database}.disclosures
(
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    writer FixedString(16),
    sequence UInt64,
    at DateTime64(3, 'UTC'),
    act LowCardinality(String),
    through LowCardinality(String),
    questions Array(LowCardinality(String)),
    person LowCardinality(String),
    country LowCardinality(String),
    authority Nullable(String),
    roles Array(LowCardinality(String)),
    clearance LowCardinality(String),
    groups Array(LowCardinality(String)),
    purpose Nullable(String),
    exercise Nullable(String),
    as_of Nullable(DateTime64(3, 'UTC')),
    indicators Array(FixedString(16)),
    indicators_recorded Array(DateTime64(3, 'UTC')),
    things Array(FixedString(16)),
    events Array(FixedString(16)) COMMENT 'with versions, events_recorded, owners, owning_authorities: one place each',
    versions Array(FixedString(16)) COMMENT 'zeros where the event was shown as evidence or as a member of a thing',
    events_recorded Array(DateTime64(3, 'UTC')),
    owners Array(LowCardinality(String)),
    owning_authorities Array(LowCardinality(String)),
    tlp LowCardinality(String),
    markings Array(LowCardinality(String)),
    condition_country Nullable(String),
    condition Nullable(String),
    condition_event Nullable(FixedString(16)),
    INDEX by_event events TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (recorded_at, topic, partition, offset)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 1024;

CREATE TABLE IF NOT EXISTS {database}.conditions
(
    person String,
    country LowCardinality(String),
    authority String COMMENT 'empty where the reader named none',
    owner LowCardinality(String),
    condition String,
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (person, country, authority, owner, condition, recorded_at, topic, partition, offset)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 1024;
