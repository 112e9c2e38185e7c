-- Which facts count for a reader as of a moment? A part of other questions, as `<counted>`.
-- A version counts unless another one supersedes it by then, whatever that one's label; an event unless it was retracted by then, or ever
-- erased. Of the past, an item counts whose version of today is released, too. `ended_*`: versions that are not the current one of an event
-- whose chain has a gap (consumers.query.events decides). Periods are numbered as in
-- consumers.query.figures.periods. `<months>`: nothing, or the months that are looked at. `where_*` are values of one line; with `of_record` all lines of a record with such a line count.
SELECT
    event_id, version, label_id, line, measure, amount, currency, usable, subdivision, occurred, occurred_precision, reported_at, recorded_at,
    <keys> AS keys, <payload_keys> AS payload_keys,
    <moment> AS moment,
    if({clock:String} = 'occurred' AND has({coarse:Array(String)}, occurred_precision), NULL, multiIf(
        {period:String} = 'week', intDiv(dateDiff('day', toDateTime64('1900-01-01 00:00:00', 3, 'UTC'), moment), 7),
        {period:String} = 'month', toYear(moment) * 12 + toMonth(moment) - 1,
        {period:String} = 'quarter', toYear(moment) * 4 + toQuarter(moment) - 1,
        {period:String} = 'year', toYear(moment),
        NULL))::Nullable(Int32) AS period
FROM facts FINAL
WHERE <months> label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND (event_id, version) NOT IN (
        SELECT event_id, version FROM replaced WHERE act = 'correction' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC'))
  AND event_id NOT IN (
        SELECT event_id FROM replaced
        WHERE act = 'erasure' OR (act = 'retraction' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')))
  AND (event_id, version) NOT IN (
        SELECT UUIDStringToNum(pair.1), UUIDStringToNum(pair.2)
        FROM (SELECT arrayJoin(arrayZip({ended_events:Array(String)}, {ended_versions:Array(String)})) AS pair))
  AND event_id NOT IN (
        SELECT event_id FROM facts
        WHERE {past:UInt8} = 1 AND line = 0 AND label_id NOT IN (SELECT arrayJoin({labels:Array(UInt64)}))
          AND event_id IN (SELECT event_id FROM replaced WHERE act = 'correction')
          AND (event_id, version) NOT IN (SELECT event_id, version FROM replaced WHERE act = 'correction')
          AND (event_id, version) NOT IN (
                SELECT UUIDStringToNum(pair.1), UUIDStringToNum(pair.2)
                FROM (SELECT arrayJoin(arrayZip({ended_events_today:Array(String)}, {ended_versions_today:Array(String)})) AS pair)))
  AND ({type:String} = '' OR type = {type:String})
  AND type NOT IN (SELECT arrayJoin({without_types:Array(String)}))
  AND ({country:String} = '' OR country = {country:String})
  AND ({authority:String} = '' OR authority = {authority:String})
  AND ({crime:String} = '' OR startsWith(crime, {crime:String}))
  AND ({theme:String} = '' OR <theme> = {theme:String})
  AND ({place:String} = '' OR place_country = {place:String} OR subdivision = {place:String})
  AND (empty({where_names:Array(String)}) OR if({of_record:UInt8} = 1,
        (event_id, version) IN (
            SELECT event_id, version FROM facts
            WHERE notEmpty({where_names:Array(String)}) AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
              AND arrayAll((name, value) -> dimensions[name] = value, {where_names:Array(String)}, {where_values:Array(String)})),
        arrayAll((name, value) -> dimensions[name] = value, {where_names:Array(String)}, {where_values:Array(String)})))
  AND ({dated:UInt8} = 0 OR (toUnixTimestamp64Milli(moment) >= {since:Int64} AND toUnixTimestamp64Milli(moment) < {until:Int64}))
