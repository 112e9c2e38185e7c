"""Explain a finding to one reader, from what is released to that reader. Pure."""
