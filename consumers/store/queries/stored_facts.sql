-- Which stored facts count for a reader as of a moment? A part of counted_facts.sql, of months that changed a moment ago and of events whose
-- chain of versions may have a gap. A version counts unless another one supersedes it by then, whatever that one's label; an event unless it
-- was retracted by then, or ever erased. `ended_*`: versions that are not the current one of an event whose chain has a gap
-- (consumers.query.events decides). `months`: which facts are looked at.
SELECT
    event_id, label_id, line, measure, amount, currency, usable, subdivision, occurred, occurred_precision, reported_at, recorded_at,
    version IN (SELECT successor FROM replaced WHERE act = 'correction') AS is_correction,
    <keys> AS keys, <group> AS group, <payload_keys> AS payload_keys,
    <moment> AS moment,
    if({clock:String} = 'occurred' AND has({coarse:Array(String)}, occurred_precision), NULL, <period>)::Nullable(Int32) AS period
FROM facts FINAL
WHERE <months> AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND (event_id, version) NOT IN (
        SELECT event_id, version FROM replaced WHERE act = 'correction' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC'))
  AND event_id NOT IN (
        SELECT event_id FROM replaced
        WHERE act = 'erasure' OR (act = 'retraction' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')))
  AND (event_id, version) NOT IN (
        SELECT UUIDStringToNum(pair.1), UUIDStringToNum(pair.2)
        FROM (SELECT arrayJoin(arrayZip({ended_events:Array(String)}, {ended_versions:Array(String)})) AS pair))
  AND (empty({hidden:Array(String)}) OR event_id NOT IN (SELECT UUIDStringToNum(arrayJoin({hidden:Array(String)}))))
  AND (empty({where_names:Array(String)}) OR if({of_record:UInt8} = 1,
        (event_id, version) IN (
            SELECT event_id, version FROM facts
            WHERE notEmpty({where_names:Array(String)}) AND <months> AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
              AND arrayAll((name, value) -> dimensions[name] = value, {where_names:Array(String)}, {where_values:Array(String)})),
        arrayAll((name, value) -> dimensions[name] = value, {where_names:Array(String)}, {where_values:Array(String)})))
  AND <filters>
