"""Photographs: decoding and limits, face detection and alignment, paste-back, saving. NumPy, OpenCV and Pillow only."""
