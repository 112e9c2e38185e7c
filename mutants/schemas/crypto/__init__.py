"""Sign, seal and open what nodes and the mechanism write."""
