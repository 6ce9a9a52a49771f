"""The reader's way in every engine that can be had here; `make browsers` runs it."""
