-- Which persons of two events are alike, and how surely (docs/adr has the record on links). A link is stored twice, once from each end, so
-- that the links of an event are found by its id. `place`: the partition of blocking keys where the two met; a pair that met in several
-- has its rows in each, and is linked while one of them says so. A row with `gone` holds no more, because a block became too large.

CREATE TABLE IF NOT EXISTS {database}.links
(
    event_id FixedString(16),
    person UInt16 COMMENT 'number of the person in the event, from 0',
    other_event FixedString(16),
    other_person UInt16,
    place UInt16,
    kind LowCardinality(String) COMMENT 'what is alike: person',
    op LowCardinality(String) COMMENT 'add or withdraw',
    probability Float64 COMMENT 'that both are one; 0 where op is withdraw',
    features Map(LowCardinality(String), Float64) COMMENT 'feature:level, and its weight in bits; negative ones speak against',
    cannot_be_same UInt8 COMMENT '1: two valid different numbers of one country and type',
    model LowCardinality(String),
    type LowCardinality(String),
    other_type LowCardinality(String),
    country LowCardinality(String),
    other_country LowCardinality(String),
    label LowCardinality(String) COMMENT 'JSON of the release label of event_id; empty unless op is add',
    other_label LowCardinality(String) COMMENT 'of other_event',
    recorded_at DateTime64(3, 'UTC') COMMENT 'with topic, partition, offset and item: the position of the later of the two',
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    item UInt32,
    revision UInt64 COMMENT 'where the topic of links says so; the newest counts',
    gone UInt8,
    label_id UInt64 MATERIALIZED sipHash64(label),
    other_label_id UInt64 MATERIALIZED sipHash64(other_label),
    event_text String ALIAS UUIDNumToString(event_id),
    other_text String ALIAS UUIDNumToString(other_event),
    INDEX by_recorded recorded_at TYPE minmax GRANULARITY 1,
    PROJECTION labels (SELECT label_id, label GROUP BY label_id, label)
)
ENGINE = ReplacingMergeTree(revision, gone)
ORDER BY (event_id, person, other_event, other_person, place, recorded_at, topic, partition, offset, item)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 256, deduplicate_merge_projection_mode = 'rebuild';
