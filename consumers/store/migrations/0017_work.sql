-- What analysts do, as the topic quipu.disclosures tells it: each act on a case, a note, a watch-list, a saved search or a verdict on a finding.
-- What is true follows from the acts up to a moment (consumers/query/work/folding.py). Rows stay; what was written in an object, or marks that it
-- names, is in work_content and leaves with its erasure. An empty text: none.

CREATE TABLE IF NOT EXISTS {database}.work
(
    object FixedString(16),
    kind LowCardinality(String) COMMENT 'case, note, watch_list, saved_search or finding_verdict',
    act LowCardinality(String),
    about_kinds Array(LowCardinality(String)) COMMENT 'of what it concerns: finding, record, thing, person or case; parallel to about',
    about Array(String) COMMENT 'its id',
    item String COMMENT 'of an item that is no reference',
    member String COMMENT 'who becomes a member or leaves',
    member_country LowCardinality(String),
    member_role LowCardinality(String),
    scope LowCardinality(String) COMMENT 'who may see it from now on, besides members',
    sharing_group String,
    code LowCardinality(String) COMMENT 'a verdict with its reason, or why it was erased',
    person String COMMENT 'who acted',
    country LowCardinality(String),
    authority LowCardinality(String),
    exercise LowCardinality(String),
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    INDEX by_about about TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_person person TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (object, recorded_at, topic, partition, offset)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 256;

CREATE TABLE IF NOT EXISTS {database}.work_content
(
    object FixedString(16),
    content String COMMENT 'JSON: texts by name',
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (object, recorded_at, topic, partition, offset)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 256;
