"""Record what was disclosed to whom, before it goes out."""
