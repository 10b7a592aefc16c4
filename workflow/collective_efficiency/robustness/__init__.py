"""How far conclusions rest on the analyst's choices, and on scores that another rater would have set otherwise."""
