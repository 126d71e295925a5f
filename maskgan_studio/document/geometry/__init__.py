"""Shapes in the crop: rectangles, outlines, regions, the mirror axis, the face's own coordinates."""
