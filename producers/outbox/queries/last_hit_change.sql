SELECT ifnull(max(told), 0) FROM hits
