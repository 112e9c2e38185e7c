-- Fill the empty table of hits: whoever was told of an indicator by the disclosure ledger may have to be told its end.
INSERT INTO hits (indicator, country, authority, exercise, content, written)
SELECT DISTINCT arrayJoin(indicators), country, ifNull(authority, ''), ifNull(exercise, ''), toFixedString('', 16), 0
FROM disclosures
WHERE through = 'hit'
