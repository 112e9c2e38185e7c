-- Is there a run that another one replaced before a moment (s since 1970)?
SELECT 1 FROM ended_runs WHERE at < toDateTime({before:UInt32}) LIMIT 1
