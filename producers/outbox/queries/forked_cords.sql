SELECT DISTINCT cord FROM bundles
WHERE state = 'refused' AND code IN ('FORK', 'BROKEN_CHAIN')
