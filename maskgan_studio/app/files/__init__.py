"""Files as the window sees them: kinds, names, dialogs, drops, exports."""
