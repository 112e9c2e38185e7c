-- Which lines of facts does a figure count? A part of other questions. `unit`: 'record' for records, 'keys' for records whose
-- lines have all keys of the payload, 'lines' for all amounts, else the measure whose amounts are added; as in totals.sql, delays.sql and
-- quality.sql. `part`: those that lack or have something. `grouped`: of one group alone, of one currency where `has_currency`.
-- `rank`: the date that orders, times `sign`; `nowhere` where it is unknown.
SELECT
    event_id, label_id,
    ifNull({sign:Int64} * toUnixTimestamp64Milli(multiIf(
        {order:String} = 'occurred', occurred, {order:String} = 'reported', toNullable(reported_at), toNullable(recorded_at))),
        {nowhere:Int64}) AS rank
FROM (<counted>)
WHERE multiIf(
        {unit:String} = 'record', line = 0,
        {unit:String} = 'keys', NOT has(payload_keys, ''),
        {unit:String} = 'lines', line > 0,
        measure = {unit:String} OR (line > 0 AND usable IN ('no_amount', 'no_unit')))
  AND ({part:String} NOT IN ('no_amount', 'no_unit', 'no_code') OR usable = {part:String})
  AND ({part:String} != 'usable' OR usable IN ('', 'no_code'))
  AND ({part:String} != 'coded' OR usable = '')
  AND ({part:String} != 'with_place' OR subdivision != '')
  AND ({part:String} != 'corrected' OR is_correction)
  AND (({part:String} != 'with_date' AND {delay:String} IN ('', 'reported_to_recorded'))
       OR (occurred IS NOT NULL AND occurred_precision NOT IN ('year', 'month', 'unknown')))
  AND ({part:String} != 'out_of_order' OR ifNull(
        if({delay:String} = 'occurred_to_reported', reported_at, recorded_at)
            < if({delay:String} = 'reported_to_recorded', toNullable(reported_at), occurred), 0))
  AND ({grouped:UInt8} = 0 OR (keys = {keys:Array(String)} AND ifNull(period, {no_period:Int32}) = {period_number:Int32}))
  AND ({has_currency:UInt8} = 0 OR {currency:String} = if(
        {dollars:UInt8} = 1 AND toString(toDate32(ifNull(occurred, reported_at), 'UTC'))
            >= transform(toString(currency), {rated_currencies:Array(String)}, {rated_since:Array(String)}, '9999'),
        'USD', toString(currency)))
  AND ({is_marked:UInt8} = 0 OR label_id IN (SELECT arrayJoin({marked:Array(UInt64)})))
  AND recorded_at >= fromUnixTimestamp64Milli({recorded_since:Int64}, 'UTC')
  AND ({is_chosen:UInt8} = 0 OR event_id IN (SELECT UUIDStringToNum(arrayJoin({chosen:Array(String)}))))
