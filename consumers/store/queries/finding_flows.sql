-- How many findings lead from place to place, and after how long, in ms? A finding counts once for each pair of places of its records, of
-- different countries, with the shortest time between them. `step_*`: of findings that consumers.query folds; -1 ms: unknown.
SELECT
    rule, origin, destination, count() AS findings, countIf(is_certain) AS certain,
    if(count(took) = 0, NULL, quantileExactInclusive(0.5)(took)) AS median_ms, groupUniqArrayArray(labels_of) AS labels
FROM (
    SELECT
        any(rule_of) AS rule, from_record.1 AS origin, to_record.1 AS destination, any(grade_of) = 'certain' AS is_certain,
        min(if(to_record.3 >= from_record.3, to_record.3 - from_record.3, NULL)) AS took, any(pair_labels) AS labels_of
    FROM (
        SELECT
            indicator, any(rule) AS rule_of, any(grade) AS grade_of,
            groupUniqArray((if({level:String} = 'country', first_country, first_subdivision)::String, first_country, first_occurred)) AS from_records,
            groupUniqArray((if({level:String} = 'country', second_country, second_subdivision)::String, second_country, second_occurred)) AS to_records,
            groupUniqArrayArray([first_label, second_label]) AS pair_labels
        FROM (<pairs>)
        GROUP BY indicator)
    ARRAY JOIN from_records AS from_record
    ARRAY JOIN to_records AS to_record
    WHERE from_record.2 != to_record.2
    GROUP BY indicator, origin, destination
    UNION ALL
    SELECT step.1, step.2, step.3, step.4, nullIf(step.5, -1), emptyArrayUInt64()
    FROM (SELECT arrayJoin(arrayZip(
        {step_rules:Array(String)}, {step_origins:Array(String)}, {step_destinations:Array(String)}, {step_certain:Array(UInt8)},
        {step_ms:Array(Int64)})) AS step))
GROUP BY rule, origin, destination
