-- How many pairs of records that were both recorded up to a moment are there, and what is the sum of their hashes? What ended or came later
-- does not count. `run`: up to which pairs are whole; `digests`: of rules whose pairs are compared; `changed`: indicators that are not.
SELECT count(), toString(sum(reinterpretAsUInt128(sipHash128(toString(tuple(
    indicator, rule, rule_digest, grade, since, if(until <= {until:Int64}, until, NULL), first_event, second_event, first_label, second_label,
    first_country, second_country, first_subdivision, second_subdivision, first_occurred, second_occurred, first_recorded, second_recorded,
    arraySort(arrayMap(
        other -> (other.label, other.event, other.since, if(other.until <= {until:Int64}, other.until, NULL)),
        arrayFilter(other -> other.since <= {until:Int64}, excluders)))))))))
FROM finding_pairs
WHERE is_crowded = 0 AND run <= {run:UInt64} AND since <= {until:Int64}
  AND first_recorded <= {until:Int64} AND second_recorded <= {until:Int64}
  AND rule_digest IN (SELECT arrayJoin({digests:Array(UInt64)}))
  AND indicator NOT IN (SELECT UUIDStringToNum(arrayJoin({changed:Array(String)})))
  AND (indicator, run) NOT IN (SELECT indicator, run FROM ended_runs WHERE ended_by <= {run:UInt64})
