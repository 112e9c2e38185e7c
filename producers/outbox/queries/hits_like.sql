SELECT indicator FROM hits WHERE lower(hex(indicator)) LIKE ? GROUP BY indicator
