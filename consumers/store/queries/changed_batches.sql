-- Which batches of which writers have marked findings whose pairs are not computed? How many findings, and how old is the newest mark, in s?
SELECT writer, batch, count() AS findings, dateDiff('second', max(at), now()) AS age_s
FROM changed_findings
LEFT JOIN (SELECT writer, max(batch) AS done FROM paired_batches GROUP BY writer) AS paired USING (writer)
WHERE batch > paired.done
GROUP BY writer, batch
ORDER BY writer, batch
