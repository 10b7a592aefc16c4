"""The report: its transcription, checked and typed, and its clusters."""
