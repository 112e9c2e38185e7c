"""Commands of analysts and operators."""
