UPDATE bundles SET list_state = 'changed'
WHERE (cord, sequence) IN (SELECT cord, sequence FROM items WHERE id = ?)
