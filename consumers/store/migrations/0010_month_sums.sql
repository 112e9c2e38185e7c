-- What figures of now add up: sums of the facts of a month, of one type of event, by label. They are computed again from `facts` when the
-- month changes, so they are exact and idempotent, and an erasure reaches them. `month` is that of `facts`: of what happened, else of the report.
--
-- changed_months: which months changed. A process that writes facts makes its step odd before, and even when all is written. So a month is
-- closed while all its steps are even. The sums of a month hold for one state of its steps.
-- gapped_events: whose chain of versions has, or had, more than one end; which version counts, consumers.query.events decides.

CREATE TABLE IF NOT EXISTS {database}.changed_months
(
    type LowCardinality(String),
    month UInt32,
    writer UInt64 COMMENT 'random, of one process',
    step UInt64 COMMENT 'odd: a change is under way',
    at DateTime DEFAULT now() COMMENT 'a change that began more than an hour ago is of a writer that ended'
)
ENGINE = ReplacingMergeTree(step)
ORDER BY (type, month, writer)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS {database}.month_sums
(
    name LowCardinality(String) COMMENT 'of a dimension of the payload; empty: of all lines',
    measure LowCardinality(String) COMMENT 'records, mass, volume, area, pieces, money; empty: the head of the sums of a month',
    type LowCardinality(String),
    month UInt32,
    run UInt64 COMMENT 'random, of the computation that made the row',
    state UInt64 COMMENT 'of the head: the state of the steps for which the sums hold',
    computed_at DateTime,
    names Array(LowCardinality(String)) COMMENT 'of the head: the dimensions that the month has sums of',
    label_id UInt64,
    country LowCardinality(String),
    authority LowCardinality(String),
    crime LowCardinality(String),
    exercise LowCardinality(String),
    place_country LowCardinality(String),
    subdivision LowCardinality(String),
    is_dated UInt8 COMMENT '0: nothing says when it happened',
    occurred_precision LowCardinality(String),
    value LowCardinality(String) COMMENT 'of the dimension; empty: the line does not have it',
    currency LowCardinality(String),
    records UInt64,
    total Decimal(38, 6),
    without_amount UInt64,
    without_unit UInt64,
    without_code UInt64
)
ENGINE = MergeTree
ORDER BY (name, measure, type, month, run, label_id)
SETTINGS index_granularity = 1024, old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1;

CREATE TABLE IF NOT EXISTS {database}.gapped_events
(
    event_id FixedString(16)
)
ENGINE = ReplacingMergeTree
ORDER BY event_id
SETTINGS index_granularity = 1024;

INSERT INTO {database}.gapped_events
SELECT correction.event_id
FROM {database}.replaced AS correction
LEFT JOIN (SELECT event_id, version, min(recorded_at) AS recorded_at, 1 AS is_stored FROM {database}.facts WHERE line = 0 GROUP BY event_id, version) AS former
    ON former.event_id = correction.event_id AND former.version = correction.version
WHERE correction.act = 'correction' AND (former.is_stored = 0 OR former.recorded_at > correction.recorded_at);

INSERT INTO {database}.gapped_events
SELECT event_id FROM {database}.replaced WHERE act = 'correction' GROUP BY event_id, version HAVING uniqExact(successor) > 1;

INSERT INTO {database}.changed_months (type, month, writer, step) SELECT DISTINCT type, month, 0, 2 FROM {database}.facts;
