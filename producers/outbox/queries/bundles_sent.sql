-- Which bundles of each cord did Kafka acknowledge?
SELECT cord, sequence, hash FROM bundles WHERE state IN ('sent', 'answered', 'refused')
