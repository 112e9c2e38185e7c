-- How many erasures are not done?
SELECT count(*) FROM erasures WHERE stage <> 'done'
