"""The training stages of the paper, one file each."""
