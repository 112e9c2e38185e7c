-- Per cord: how many accepted items could not be opened when they were to be stored, with the codes, and the first one's place.
SELECT cord, count() AS closed, arrayStringConcat(arraySort(groupUniqArray(code)), ', ') AS codes, min(place) AS first
FROM
(
    SELECT splitByChar('#', substring(detail, 8))[1] AS bundle, replaceRegexpOne(bundle, '/[0-9]+$', '') AS cord, code, substring(detail, 8) AS place
    FROM rejects FINAL
    WHERE startsWith(detail, 'closed ')
)
WHERE place IN (SELECT concat(cord, '/', toString(sequence), '#', toString(item)) FROM items FINAL WHERE verdict = 'accepted')
GROUP BY cord
ORDER BY cord
