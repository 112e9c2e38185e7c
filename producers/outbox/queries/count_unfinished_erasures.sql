SELECT count(*) FROM erasures WHERE stage <> 'done'
