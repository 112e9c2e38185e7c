"""The root of the command line, and the commands that run engines and the demo."""
