"""What happens around the document: opening, saving, recovery, references, checks. No widgets of their own."""
