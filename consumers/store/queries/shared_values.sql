-- Who names what most records share under a rule, by released label? A row a live event of an indicator: the newest row of each role where it is
-- an add. `fewest`: events that share it; `limit`: indicators, those with the most events first; `roles`: of each rule's pair, as rule|role.
SELECT indicator, rule, kind, thing, UUIDNumToString(event_id) AS event_id, country, label, max(recorded) AS recorded_at
FROM (
    SELECT
        UUIDNumToString(indicator) AS indicator, rule, kind, UUIDNumToString(thing) AS thing, event_id, country, label, label_id, op,
        toUnixTimestamp64Milli(recorded_at) AS recorded
    FROM evidence
    PREWHERE indicator IN (
        SELECT indicator
        FROM evidence
        WHERE op = 'add' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
          AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
        GROUP BY indicator
        HAVING uniqExact(event_id) >= {fewest:UInt64}
        ORDER BY uniqExact(event_id) DESC, indicator
        LIMIT {limit:UInt64})
    WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC') AND op != 'erase'
      AND concat(rule, '|', role) IN (SELECT arrayJoin({roles:Array(String)}))
    ORDER BY indicator, event_id, role, recorded_at DESC, topic DESC, partition DESC, offset DESC, item DESC
    LIMIT 1 BY indicator, event_id, role
)
WHERE op = 'add' AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
GROUP BY indicator, rule, kind, thing, event_id, country, label
ORDER BY indicator, event_id
SETTINGS prefer_column_name_to_alias = 1
