"""What people look at: the report's tables regenerated, figures, and files for other tools."""
