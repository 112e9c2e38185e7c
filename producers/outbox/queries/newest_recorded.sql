SELECT max(recorded_at) FROM bundles
