-- Key lists that changed after their bundle was sent: keys were erased.
SELECT cord, sequence, bundle, key_list
FROM bundles JOIN contents USING (cord, sequence)
WHERE list_state = 'changed' AND state IN ('sent', 'answered')
LIMIT ?
