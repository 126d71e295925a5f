"""Photographs: reading and writing them, finding the face, laying an edit in. NumPy, OpenCV and Pillow only."""
