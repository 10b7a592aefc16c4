"""The report's policy advice, and what becomes of the claims on which it rests."""
