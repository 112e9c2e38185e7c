"""What an event must satisfy, and which things it observes."""
