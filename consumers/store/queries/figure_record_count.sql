-- How many records, and how many lines of them, does a figure count?
SELECT uniqExact(event_id) AS records, count() AS lines, arraySort(groupUniqArray(label_id)) AS labels
FROM (<lines>)
