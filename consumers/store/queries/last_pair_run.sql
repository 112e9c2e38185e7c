-- Which run of pairs has the highest number? 0: there was none.
SELECT max(run) FROM (SELECT run FROM finding_pairs UNION ALL SELECT run FROM paired_batches UNION ALL SELECT run FROM paired_rules)
