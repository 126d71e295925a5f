"""What is being edited: label maps in layers, and everything that can be done to them. NumPy, no Qt, no torch.

Start with ``session``: everything that edits goes through it. It stands on ``layers``, ``painting`` and ``history``.
The operations (``symmetry``, ``morphology``, ``transform``, ``transfer``, ``gallery``, ``checks``) make patches from
what one sees and change nothing themselves. ``openraster`` and ``autosave`` bring documents to the disk and back.
"""
