"""What is known about scikit-image's astronaut."""

import numpy as np

#: Where her eyes and the corners of her mouth are, read off the image by hand: the order of `Landmarks`.
ASTRONAUT_POINTS = np.array([[202.0, 101.0], [245.0, 103.0], [202.0, 140.0], [246.0, 141.0]])
