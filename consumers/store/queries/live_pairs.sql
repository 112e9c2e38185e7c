-- Which pairs of records does a reader see as of a moment? A part of questions with figures of findings.
-- `run`: what later runs computed, or replaced, does not count; `changed`: indicators whose pairs are not up to date: consumers.query folds
-- their evidence. `evidence_labels`: that are released; `hidden`: of the past, events whose version of today is not. A pair counts unless the reader sees a record that excludes one of its two.
SELECT
    rule, grade, indicator, first_event, second_event, first_label, second_label, first_country, second_country, first_subdivision,
    second_subdivision, first_occurred, second_occurred, first_recorded, second_recorded
FROM finding_pairs
WHERE is_crowded = 0 AND run <= {run:UInt64}
  AND rule IN (SELECT arrayJoin({rules:Array(String)})) AND rule_digest IN (SELECT arrayJoin({digests:Array(UInt64)}))
  AND ({grade:String} = '' OR grade = {grade:String})
  AND since <= {as_of:Int64} AND until > {as_of:Int64}
  AND first_label IN (SELECT arrayJoin({evidence_labels:Array(UInt64)})) AND second_label IN (SELECT arrayJoin({evidence_labels:Array(UInt64)}))
  AND indicator NOT IN (SELECT UUIDStringToNum(arrayJoin({changed:Array(String)})))
  AND (indicator, run) NOT IN (SELECT indicator, run FROM ended_runs WHERE ended_by <= {run:UInt64})
  AND (empty({hidden:Array(String)}) OR (
        first_event NOT IN (SELECT UUIDStringToNum(arrayJoin({hidden:Array(String)})))
        AND second_event NOT IN (SELECT UUIDStringToNum(arrayJoin({hidden:Array(String)})))))
  AND NOT arrayExists(
        other -> has({evidence_labels:Array(UInt64)}, other.label) AND other.since <= {as_of:Int64} AND other.until > {as_of:Int64}
            AND NOT has({hidden:Array(String)}, UUIDNumToString(other.event)),
        excluders)
