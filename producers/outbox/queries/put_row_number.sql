INSERT INTO row_numbers (item, number) VALUES (?, ?)
ON CONFLICT (item) DO UPDATE SET number = max(number, excluded.number)
