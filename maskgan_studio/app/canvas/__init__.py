"""The canvas: photo, mask and result under one shared zoom and pan."""
