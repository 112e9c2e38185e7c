"""Write each country's files in its own format."""
