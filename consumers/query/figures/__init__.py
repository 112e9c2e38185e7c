"""Answer questions with figures: totals, trends, rankings, delays, quality.

Each question is one SQL file, one method of `FigureQueries`, one command, one route of the API.
"""
