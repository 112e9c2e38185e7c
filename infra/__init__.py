"""Engines, settings, keys and the log; on top, the command line and the orchestration."""

import os

# Else clickhouse-driver makes a table of all dates of 400 years when it is imported: 0.1 s of
# processor time and 22 MB of each process. Now it remembers the dates that occur. The variable may
# name a range of dates to begin with; a word that is none begins with an empty table.
os.environ.setdefault("CLICKHOUSE_DRIVER_LASY_DATE_LUT", "none")
