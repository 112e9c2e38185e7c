"""Answer who a person may be, from the records that are released to the reader."""
