-- How long does it take, in ms, until records meet in a finding, by rule? A finding counts once, with its two closest records of different
-- countries. `mirrored`: rules whose two records have one role. `took_*`: of findings that consumers.query folds.
SELECT
    rule, count() AS findings, countIf(took < 0) AS negative, quantilesExact(0.1, 0.25, 0.5, 0.75, 0.9)(took) AS spread, max(took) AS longest,
    groupUniqArrayArray(labels_of) AS labels
FROM (
    SELECT
        rule_of AS rule, assumeNotNull(arraySort(ms -> (abs(ms), ms), spans)[1]) AS took, pair_labels AS labels_of
    FROM (
        SELECT
            any(rule) AS rule_of, has({mirrored:Array(String)}, rule_of) AS is_mirrored,
            groupUniqArray((first_country, first_occurred, first_recorded)) AS firsts,
            groupUniqArray((second_country, second_occurred, second_recorded)) AS seconds,
            if(is_mirrored, arrayConcat(firsts, seconds), firsts) AS from_records,
            if(is_mirrored, arrayConcat(firsts, seconds), seconds) AS to_records,
            arrayFilter(ms -> isNotNull(ms), arrayFlatten(arrayMap(a -> arrayMap(
                b -> multiIf(
                    a.1 = b.1, NULL,
                    {delay:String} = 'reported_to_found', toInt64(abs(b.3 - a.3)),
                    is_mirrored, toInt64(abs(b.2 - a.2)), b.2 - a.2),
                to_records), from_records))) AS spans,
            groupUniqArrayArray([first_label, second_label]) AS pair_labels
        FROM (<pairs>)
        GROUP BY indicator)
    WHERE notEmpty(spans)
    UNION ALL
    SELECT step.1, step.2, emptyArrayUInt64() FROM (SELECT arrayJoin(arrayZip({took_rules:Array(String)}, {took_ms:Array(Int64)})) AS step))
GROUP BY rule
ORDER BY rule
