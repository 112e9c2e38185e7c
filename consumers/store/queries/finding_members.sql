-- Which records are evidence of a finding, and of a certain one? A part of other questions. `member_*`: of findings that
-- consumers.query folds, ids as UUIDs. `label_owners`: the number of the owner of each label.
SELECT record.1 AS event, transform(record.2, {label_ids:Array(UInt64)}, {label_owners:Array(UInt64)}, toUInt64(0)) AS owner, grade = 'certain' AS is_certain
FROM (SELECT grade, arrayJoin([(first_event, first_label), (second_event, second_label)]) AS record FROM (<pairs>))
UNION ALL
SELECT UUIDStringToNum(step.1), step.2, step.3
FROM (SELECT arrayJoin(arrayZip({member_events:Array(String)}, {member_owners:Array(UInt64)}, {member_certain:Array(UInt8)})) AS step)
