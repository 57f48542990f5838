"""Where events wait, sealed and on disk, until the desk has them."""
