"""How severe a finding is, computed from its records when somebody reads, by one formula."""
