"""Figures that a reader can move, with and without a kernel.

An :class:`Explorer` is one object around one drawing function. In a live kernel it shows Jupyter
widgets; in the built book the same controls as native inputs over frames that were computed with
the book, nothing being requested; on paper and without JavaScript a still with its description.

The built page gets the frames when the environment variable ``AIECON_BOOK`` names a folder in which
computed frames are kept (``make book`` sets it).
"""

from .controls import Choice, Slider
from .core import MAX_BYTES, Explorer, Reference
from .drawing import reference_line

__all__ = ["MAX_BYTES", "Choice", "Explorer", "Reference", "Slider", "reference_line"]
