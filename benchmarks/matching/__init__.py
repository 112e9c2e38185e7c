"""Train the model of persons, and measure how right and how fast the scorer is."""
