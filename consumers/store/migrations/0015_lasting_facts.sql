-- Facts with the time in which each counts, so that figures read each once: no copies, no look for what replaced it. They are copied from
-- `facts` again when their month changes (consumers.sink.lasting_facts), in a run of their own. They take the place of sums of months, which
-- were more rows than facts in a small log and answered fewer questions (docs/adr).
--
-- lasting_facts: a line of facts counts from recorded_at until before `until`. Of erased events there is none, nor of events whose chain of
-- versions may have a gap. lasting_months: which run has the facts of a month, and for which state of its marks (changed_months).

DROP TABLE IF EXISTS {database}.month_sums SYNC;

CREATE TABLE IF NOT EXISTS {database}.lasting_facts
(
    type LowCardinality(String),
    month UInt32,
    run UInt64 COMMENT 'random, of one copy of one month',
    event_id FixedString(16),
    line UInt16,
    is_correction UInt8 COMMENT 'whether its version supersedes another',
    country LowCardinality(String),
    authority LowCardinality(String),
    crime LowCardinality(String),
    exercise LowCardinality(String),
    place_country LowCardinality(String),
    subdivision LowCardinality(String),
    occurred Nullable(DateTime64(3, 'UTC')),
    occurred_precision LowCardinality(String),
    reported_at DateTime64(3, 'UTC'),
    measure LowCardinality(String),
    amount Decimal(38, 6),
    currency LowCardinality(String),
    usable LowCardinality(String),
    dimensions Map(LowCardinality(String), LowCardinality(String)),
    recorded_at DateTime64(3, 'UTC'),
    until DateTime64(3, 'UTC') COMMENT 'when another version supersedes it, or its event is retracted; 2299: it counts now',
    label_id UInt64,
    copied_at DateTime
)
ENGINE = MergeTree
PRIMARY KEY (type, month, run)
ORDER BY (type, month, run, line, label_id, recorded_at)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1;

CREATE TABLE IF NOT EXISTS {database}.lasting_months
(
    type LowCardinality(String),
    month UInt32,
    run UInt64,
    state UInt64 COMMENT 'of the marks of the month for which its facts are copied',
    copied_at DateTime
)
ENGINE = ReplacingMergeTree(copied_at)
ORDER BY (type, month, run);
