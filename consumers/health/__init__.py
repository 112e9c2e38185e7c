"""Collect facts about the system, judge them, and show them.

`collector` and the probes collect; `evaluate` judges (pure); `terminal`, `json_report` and
`prometheus` show.
"""
