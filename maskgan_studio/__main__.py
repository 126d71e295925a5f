"""``python -m maskgan_studio``."""

from maskgan_studio.cli import main

main()
