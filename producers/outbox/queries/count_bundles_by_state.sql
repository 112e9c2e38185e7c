SELECT state, count(*) FROM bundles GROUP BY state
