-- Which owners' conditions did this reader accept, and when first?
SELECT owner, condition, toUnixTimestamp64Milli(min(recorded_at)) AS recorded_at
FROM conditions
WHERE person = {person:String} AND country = {country:String} AND authority = {authority:String}
GROUP BY owner, condition
ORDER BY owner, condition
SETTINGS prefer_column_name_to_alias = 1
