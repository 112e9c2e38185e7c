-- Sealed bundles of these cords, in the order in which they must be sent: urgent ones first.
SELECT cord, sequence, bundle, key_list, list_state = 'changed'
FROM bundles JOIN contents USING (cord, sequence)
WHERE state = 'sealed' AND cord IN ({list})
ORDER BY cord LIKE '%/urgent/%' DESC, cord, sequence
LIMIT ?
