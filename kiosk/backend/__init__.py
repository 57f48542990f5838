"""The desk as the device sees it: its API, its day cache, and the courier's door."""
