-- The pairs of these indicators that former runs made count no more. `ids`: UUIDs as text.
INSERT INTO ended_runs (indicator, run, ended_by)
SELECT DISTINCT indicator, run, {run:UInt64} AS ended_by
FROM finding_pairs
PREWHERE indicator IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
WHERE run < {run:UInt64} AND (indicator, run) NOT IN (SELECT indicator, run FROM ended_runs)
SETTINGS prefer_column_name_to_alias = 1
