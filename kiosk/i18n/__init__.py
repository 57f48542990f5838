"""Words on screen: languages, catalogues, fonts, line breaking and drawing; no Kivy."""
