-- How many findings does each rule have, by grade? `labels`: those of their records.
SELECT rule, grade, uniqExact(indicator) AS findings, groupUniqArrayArray([first_label, second_label]) AS labels
FROM (<pairs>)
GROUP BY rule, grade
