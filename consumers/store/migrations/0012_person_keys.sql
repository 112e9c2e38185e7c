-- Where the search for persons begins: the keys under which an event's persons are looked for (`streams.matching`), each as the first eight
-- bytes of an HMAC. A row says that some version of an event has a person with this key. Which version counts, whether it is released, and
-- how alike the persons are is decided on the events themselves. The columns of a label that are not stored make its id, which is that of
-- events.label_id. An erasure removes the rows of its event.

CREATE TABLE IF NOT EXISTS {database}.person_keys
(
    key UInt64,
    event_id FixedString(16),
    recorded_at DateTime64(3, 'UTC'),
    country LowCardinality(String) EPHEMERAL,
    authority LowCardinality(String) EPHEMERAL,
    recipients Array(LowCardinality(String)) EPHEMERAL,
    tlp LowCardinality(String) EPHEMERAL,
    handling Array(LowCardinality(String)) EPHEMERAL,
    condition Nullable(String) EPHEMERAL,
    purpose LowCardinality(String) EPHEMERAL,
    exercise Nullable(String) EPHEMERAL,
    label_id UInt64 DEFAULT
        sipHash64(country, authority, recipients, tlp, handling, isNull(condition), ifNull(condition, ''), purpose, isNull(exercise), ifNull(exercise, '')),
    INDEX by_event event_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (key, event_id, recorded_at, label_id)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 256;
