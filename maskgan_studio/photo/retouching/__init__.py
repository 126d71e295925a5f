"""Edits in the photo's own pixels: deformation, gaze, colours."""
