"""Numbers as printed, as intervals and as scores: exact from the page to the verdict."""
