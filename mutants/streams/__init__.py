"""The stream worker and its pure core."""
