"""The claims of the report's text, executed against its tables."""
