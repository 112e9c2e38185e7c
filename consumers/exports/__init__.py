"""Write a table as a file for use elsewhere: CSV, XLSX or Parquet."""
