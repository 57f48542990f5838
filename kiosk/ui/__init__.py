"""The touchscreen: the only package that knows Kivy. It draws scenes and decides nothing."""
