"""Status files of the processes, and the metrics made from them."""
