"""What every part of the window may use: texts, settings, theme, icons, messages."""
