"""Label maps: files of them, selections, and soft mattes of their parts."""
