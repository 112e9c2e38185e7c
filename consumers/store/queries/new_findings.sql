-- Which findings have a record of a moment or later, the newest first? `new_since`: ms since 1970 UTC. `events` are ids as text.
SELECT
    UUIDNumToString(indicator) AS id, any(rule_of) AS rule, any(grade_of) AS grade, max(greatest(first_recorded, second_recorded)) AS newest,
    groupUniqArrayArray([first_country, second_country]) AS countries,
    groupUniqArrayArray([UUIDNumToString(first_event), UUIDNumToString(second_event)]) AS events,
    groupUniqArrayArray([first_label, second_label]) AS labels
FROM (SELECT *, rule AS rule_of, grade AS grade_of FROM (<pairs>))
GROUP BY indicator
HAVING newest >= {new_since:Int64}
ORDER BY newest DESC, id
LIMIT {most:UInt64}
