"""Fold an opening event and the steps that follow it into a course: state, deadlines, next steps.

A lifecycle is a table (`library`). Pure: nodes use it before they seal, queries when they read.
"""
