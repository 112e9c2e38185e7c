-- When was anybody last notified of a hit or of its end, or acknowledged one? ms since 1970 UTC; 0 where never.
SELECT toUnixTimestamp64Milli(max(recorded_at)) AS newest
FROM disclosures
WHERE through = 'hit' OR has(questions, 'acknowledged')
