"""Ingest the files that land in a folder."""
