"""Take in the files that land in a folder."""
