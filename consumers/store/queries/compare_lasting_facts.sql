-- How many lines of facts do these copies have that were recorded up to a moment, and what is the sum of their hashes? What ended later has
-- no end. `runs`: copies that hold; `until`: ms since 1970 UTC; `gapped`: events that are left out, in hexadecimal digits.
SELECT count(), toString(sum(reinterpretAsUInt128(sipHash128(toString(tuple(
    type, month, event_id, line, is_correction, country, authority, crime, exercise, place_country, subdivision, occurred, occurred_precision,
    reported_at, measure, amount, currency, usable, mapSort(dimensions), recorded_at,
    if(until <= fromUnixTimestamp64Milli({until:Int64}, 'UTC'), until, NULL), label_id))))))
FROM lasting_facts
WHERE run IN (SELECT arrayJoin({runs:Array(UInt64)})) AND recorded_at <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
  AND lower(hex(event_id)) NOT IN (SELECT arrayJoin({gapped:Array(String)}))
