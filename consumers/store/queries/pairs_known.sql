-- Up to which run are pairs computed, of which rules, and whose evidence has changed since? What is marked is read after the run, so that
-- no change is missed. `changed`: UUIDs as text.
SELECT
    (SELECT max(run) FROM (SELECT run FROM paired_batches UNION ALL SELECT run FROM paired_rules)) AS run,
    (SELECT groupUniqArray(digest) FROM paired_rules) AS digests,
    (SELECT groupUniqArray(UUIDNumToString(indicator))
     FROM changed_findings
     LEFT JOIN (SELECT writer, max(batch) AS done FROM paired_batches GROUP BY writer) AS paired USING (writer)
     WHERE batch > paired.done) AS changed
