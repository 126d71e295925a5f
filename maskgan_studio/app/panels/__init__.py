"""The dock widgets beside the canvas."""
