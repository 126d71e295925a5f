"""What is open and what is chosen; changes are announced by signals."""
