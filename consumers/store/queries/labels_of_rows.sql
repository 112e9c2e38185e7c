-- Which labels do the rows of observations, or of evidence, bear? At most `limit`; read from the projection `labels`.
SELECT label_id, label FROM <table> WHERE label != '' GROUP BY label_id, label LIMIT {limit:UInt64}
