"""What is being edited: label maps in layers, and everything that can be done to them. NumPy, no Qt, no torch.

Start with ``session``: everything that edits goes through it. It stands on ``layers``, ``history`` and
``operations.painting``. ``geometry`` holds shapes, ``operations`` makes patches from what one sees and changes nothing
itself, ``storage`` brings documents to the disk and back.
"""
