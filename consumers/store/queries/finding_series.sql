-- How many findings are there by rule, grade and period? When the newest of their records occurred, or was recorded. Periods are numbered as
-- in consumers.query.figures.periods; `never` stands for a date that is unknown.
SELECT
    rule, grade,
    if({period:String} = 'week', intDiv(dateDiff('day', toDateTime64('1900-01-01 00:00:00', 3, 'UTC'), moment), 7),
        toYear(moment) * 12 + toMonth(moment) - 1)::Nullable(Int32) AS period,
    count() AS findings
FROM (
    SELECT
        any(rule_of) AS rule, any(grade_of) AS grade,
        fromUnixTimestamp64Milli(if({clock:String} = 'recorded', max(greatest(first_recorded, second_recorded)), nullIf(
            max(greatest(ifNull(first_occurred, {never:Int64}), ifNull(second_occurred, {never:Int64}))), {never:Int64})), 'UTC') AS moment
    FROM (SELECT *, rule AS rule_of, grade AS grade_of FROM (<pairs>))
    GROUP BY indicator)
GROUP BY rule, grade, period
