"""Answer what is left out as noise, why and how much, and what a list of known values removes."""
