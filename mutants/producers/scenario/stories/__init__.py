"""Stories and cases whose matches the truth expects."""
