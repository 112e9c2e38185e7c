-- How many records of each owner are evidence of a finding, and of a certain one?
SELECT owner, uniqExact(event) AS in_findings, uniqExactIf(event, is_certain) AS in_certain FROM (<members>) GROUP BY owner
