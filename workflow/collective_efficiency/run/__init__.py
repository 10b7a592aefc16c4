"""A run of the workflow: what it starts from and what came of it."""
