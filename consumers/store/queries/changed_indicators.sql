-- Whose evidence did these batches of a writer change? After `after`, up to `until`.
SELECT DISTINCT UUIDNumToString(indicator) AS id FROM changed_findings WHERE writer = {writer:UInt64} AND batch > {after:UInt64} AND batch <= {until:UInt64}
