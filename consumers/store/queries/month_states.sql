-- In which state is each month of a type of event, and which copy of its facts holds for that state? `run` 0: none. Of several, which are
-- equal, one.
SELECT states.type AS type, states.month AS month, states.state AS state, states.is_open AS is_open, copies.run AS run
FROM (
    SELECT type, month, cityHash64(arraySort(groupArray((writer, last)))) AS state, max(last % 2 = 1 AND last_at > now() - 3600) AS is_open
    FROM (SELECT toString(type) AS type, month, writer, max(step) AS last, argMax(at, step) AS last_at FROM changed_months GROUP BY type, month, writer)
    GROUP BY type, month) AS states
LEFT JOIN (SELECT toString(type) AS type, month, state, max(run) AS run FROM lasting_months GROUP BY type, month, state) AS copies
    ON copies.type = states.type AND copies.month = states.month AND copies.state = states.state
ORDER BY type, month
SETTINGS prefer_column_name_to_alias = 1
