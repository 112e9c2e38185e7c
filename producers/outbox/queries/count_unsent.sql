SELECT count(*) FROM bundles WHERE state = 'sealed'
