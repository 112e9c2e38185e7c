-- What is answered stays answered, and what is abandoned stays abandoned.
UPDATE bundles SET state = ?, code = ?, recorded_at = ?
WHERE cord = ? AND sequence = ?
    AND state <> 'abandoned' AND (state <> 'answered' OR ? = 'answered')
