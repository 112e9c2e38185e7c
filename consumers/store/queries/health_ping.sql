-- Does the engine answer?
SELECT 1
