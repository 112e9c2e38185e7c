-- Copy the facts of these months, each in a run of its own, with the time in which each line counts.
-- Events whose chain may have a gap are left out: every question counts them from `facts`.
INSERT INTO lasting_facts
    (type, month, run, event_id, line, is_correction, country, authority, crime, exercise, place_country, subdivision, occurred,
     occurred_precision, reported_at, measure, amount, currency, usable, dimensions, recorded_at, until, label_id, copied_at)
WITH
    months AS (
        SELECT part.1 AS type, part.2 AS month, part.3 AS run
        FROM (SELECT arrayJoin(arrayZip({types:Array(String)}, {months:Array(UInt32)}, {runs:Array(UInt64)})) AS part)),
    superseded AS (SELECT event_id, version, min(recorded_at) AS ended_at FROM replaced WHERE act = 'correction' GROUP BY event_id, version),
    retracted AS (SELECT event_id, min(recorded_at) AS ended_at FROM replaced WHERE act = 'retraction' GROUP BY event_id)
SELECT
    facts.type, facts.month, months.run, facts.event_id, facts.line,
    facts.version IN (SELECT successor FROM replaced WHERE act = 'correction') AS is_correction,
    country, authority, crime, exercise, place_country, subdivision, occurred, occurred_precision, reported_at, measure, amount, currency,
    usable, dimensions, facts.recorded_at,
    least(if(superseded.ended_at = 0, fromUnixTimestamp64Milli({forever:Int64}, 'UTC'), superseded.ended_at),
        if(retracted.ended_at = 0, fromUnixTimestamp64Milli({forever:Int64}, 'UTC'), retracted.ended_at)) AS until,
    label_id, now()
FROM facts FINAL
INNER JOIN months ON months.type = toString(facts.type) AND months.month = facts.month
LEFT JOIN superseded ON superseded.event_id = facts.event_id AND superseded.version = facts.version
LEFT JOIN retracted ON retracted.event_id = facts.event_id
WHERE (facts.type, facts.month) IN (SELECT type, month FROM months)
  AND facts.event_id NOT IN (SELECT event_id FROM gapped_events)
  AND facts.event_id NOT IN (SELECT event_id FROM replaced WHERE act = 'erasure')
  AND until > facts.recorded_at
SETTINGS max_threads = 1, max_insert_threads = 1, prefer_column_name_to_alias = 0
