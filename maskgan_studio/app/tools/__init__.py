"""One tool per module: each turns pointer events into edits of the session."""
