-- Which records are evidence of a finding?
SELECT DISTINCT UUIDNumToString(event) AS event FROM (<members>) ORDER BY event
