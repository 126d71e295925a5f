"""Faces in a photo, and the crop that a network sees of them."""
