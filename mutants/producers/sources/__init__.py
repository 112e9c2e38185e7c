"""Read national files row by row, with line numbers."""
