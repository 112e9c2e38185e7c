"""What is measured, against whom. `make bench`, or `python -m benchmarks [NAME ...]`;
docs/benchmarks.md explains the figures.
"""
