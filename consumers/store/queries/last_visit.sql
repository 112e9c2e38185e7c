-- When was a person last shown something on the page, before a moment? `country`: that of the account.
SELECT toUnixTimestamp64Milli(recorded_at) AS at
FROM disclosures
WHERE person = {person:String} AND country = {country:String} AND through = 'page'
  AND recorded_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
ORDER BY recorded_at DESC
LIMIT 1
SETTINGS prefer_column_name_to_alias = 1
