"""The page: rendered by the server, drawn in the browser."""
