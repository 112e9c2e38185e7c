-- Which labels do the records of findings bear?
SELECT groupUniqArrayArray([first_label, second_label]) AS labels FROM (<pairs>)
