-- What of the events can be counted and added: the tables of the strategic picture. Like all tables of a generation they are filled from
-- the log, and an erasure removes the rows of its event.
--
-- facts: line 0 is the record, lines 1.. what was measured in it. Amounts are in kilograms, litres, square metres, pieces, or in their
-- own currency: dollars are computed by each question, so a new rate changes no row. The columns of a label that are not stored make its
-- id, which is that of events.label_id.
-- replaced: what ends a version or an event, and when. A version that another one supersedes counts no more, whatever the other's label.

CREATE TABLE IF NOT EXISTS {database}.facts
(
    event_id FixedString(16),
    version FixedString(16),
    line UInt16,
    element LowCardinality(String) COMMENT 'the list or record of the payload that was measured, such as items; empty on line 0',
    type LowCardinality(String),
    country LowCardinality(String),
    authority LowCardinality(String),
    crime LowCardinality(String),
    exercise LowCardinality(String) COMMENT 'empty: of real cases',
    place_country LowCardinality(String) COMMENT 'empty: unknown',
    subdivision LowCardinality(String) COMMENT 'empty: unknown',
    occurred Nullable(DateTime64(3, 'UTC')) COMMENT 'the beginning, as events.occurred_from',
    occurred_precision LowCardinality(String),
    reported_at DateTime64(3, 'UTC'),
    measure LowCardinality(String) COMMENT 'mass, volume, area, pieces, money; empty on line 0, and where nothing can be added',
    amount Decimal(38, 6) COMMENT 'kilograms, litres, square metres, pieces, or money in its currency',
    currency LowCardinality(String) COMMENT 'ISO 4217; empty unless the measure is money',
    usable LowCardinality(String) COMMENT 'empty: usable; else no_amount, no_unit or no_code',
    dimensions Map(LowCardinality(String), LowCardinality(String)) COMMENT 'by name, such as drug: the code, or the words without case and accents',
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    item UInt32,
    recipients Array(LowCardinality(String)) EPHEMERAL,
    tlp LowCardinality(String) EPHEMERAL,
    handling Array(LowCardinality(String)) EPHEMERAL,
    condition Nullable(String) EPHEMERAL,
    purpose LowCardinality(String) EPHEMERAL,
    marked_exercise Nullable(String) EPHEMERAL,
    label_id UInt64 DEFAULT
        sipHash64(country, authority, recipients, tlp, handling, isNull(condition), ifNull(condition, ''), purpose, isNull(marked_exercise), ifNull(marked_exercise, '')),
    month UInt32 MATERIALIZED toYYYYMM(ifNull(occurred, reported_at)) COMMENT 'orders the table, for questions about a time',
    INDEX by_event event_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_recorded recorded_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (type, month, event_id, version, line, recorded_at, topic, partition, offset, item)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1;

CREATE TABLE IF NOT EXISTS {database}.replaced
(
    event_id FixedString(16),
    version FixedString(16) COMMENT 'the one that is superseded; zeros where the whole event ends',
    act LowCardinality(String) COMMENT 'correction, retraction or erasure',
    successor FixedString(16) COMMENT 'of a correction: the version that supersedes; else the event that retracts or erases',
    recorded_at DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    partition UInt16,
    offset UInt64,
    item UInt32
)
ENGINE = ReplacingMergeTree
ORDER BY (event_id, version, act, recorded_at, topic, partition, offset, item)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 1024;
