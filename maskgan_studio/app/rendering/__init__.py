"""Renders asked for, made on a thread, and kept: from the document to the pipeline and back."""
