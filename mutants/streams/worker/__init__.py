"""The Faust process: its partitions, their state, and the order of acknowledgements."""
