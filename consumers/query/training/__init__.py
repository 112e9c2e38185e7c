"""Compute how far a person is in the training course of an exercise."""
