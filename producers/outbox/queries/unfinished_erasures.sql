SELECT id, stage, since FROM erasures WHERE stage <> 'done' ORDER BY since
