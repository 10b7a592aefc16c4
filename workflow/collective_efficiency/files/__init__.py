"""Files, read and written in one way each: YAML, CSV, pages, workbooks, and what the package itself holds."""
