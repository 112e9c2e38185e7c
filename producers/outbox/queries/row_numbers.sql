SELECT item, number FROM row_numbers WHERE item IN ({list})
