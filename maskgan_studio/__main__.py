"""``python -m maskgan_studio``."""

from maskgan_studio.cli import main

if __name__ == "__main__":  # not in the processes that a training run starts
    main()
