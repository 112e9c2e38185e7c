-- Which indicators of a rule have evidence, of any reader? In the order of the table.
SELECT UUIDNumToString(indicator) AS id FROM evidence WHERE rule = {rule:String} GROUP BY indicator ORDER BY indicator
