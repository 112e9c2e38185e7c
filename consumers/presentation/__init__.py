"""Words, times and statuses of errors that the page, the API and the terminal share."""
