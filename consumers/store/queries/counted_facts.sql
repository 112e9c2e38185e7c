-- Which facts count for a reader as of a moment? A part of other questions.
-- Those of months that stand still, each with the time in which it counts. Those of other months, and of events whose chain may have a gap,
-- are found by stored_facts.sql. `hidden`: of the past, events whose version of today is not released. `runs`: copies of months that hold. Periods are
-- numbered as in consumers.query.figures.periods. `where_*` are values of one line; with `of_record` all lines of a record with such a line
-- count. Two versions of an event that were recorded in one moment never count both.
SELECT
    event_id, label_id, line, measure, amount, currency, usable, subdivision, occurred, occurred_precision, reported_at, recorded_at, is_correction,
    <keys> AS keys, <group> AS group, <payload_keys> AS payload_keys,
    <moment> AS moment,
    if({clock:String} = 'occurred' AND has({coarse:Array(String)}, occurred_precision), NULL, <period>)::Nullable(Int32) AS period
FROM lasting_facts
WHERE run IN (SELECT arrayJoin({runs:Array(UInt64)})) AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC') AND until > fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND (empty({hidden:Array(String)}) OR event_id NOT IN (SELECT UUIDStringToNum(arrayJoin({hidden:Array(String)}))))
  AND (empty({where_names:Array(String)}) OR if({of_record:UInt8} = 1,
        (event_id, recorded_at) IN (
            SELECT event_id, recorded_at FROM lasting_facts
            WHERE notEmpty({where_names:Array(String)}) AND run IN (SELECT arrayJoin({runs:Array(UInt64)}))
              AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
              AND arrayAll((name, value) -> dimensions[name] = value, {where_names:Array(String)}, {where_values:Array(String)})),
        arrayAll((name, value) -> dimensions[name] = value, {where_names:Array(String)}, {where_values:Array(String)})))
  AND <filters>
