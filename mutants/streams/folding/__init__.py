"""What a pure fold is: reads of the state, changes, outputs, and how state is packed."""
