"""The generated reference: one module for each subject, each a function from language to text."""
