"""Indices, averages, cross-tabulations and value chains of a dataset."""
