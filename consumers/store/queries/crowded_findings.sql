-- Which indicators of these rules are of things that so many share that they may be hubs?
SELECT DISTINCT UUIDNumToString(indicator) AS id
FROM finding_pairs
WHERE is_crowded = 1 AND run <= {run:UInt64}
  AND rule IN (SELECT arrayJoin({rules:Array(String)})) AND rule_digest IN (SELECT arrayJoin({digests:Array(UInt64)}))
  AND ({grade:String} = '' OR grade = {grade:String})
  AND (indicator, run) NOT IN (SELECT indicator, run FROM ended_runs WHERE ended_by <= {run:UInt64})
