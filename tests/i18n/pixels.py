"""Looking for one picture inside another, pixel for pixel."""

from PIL import Image


def ink(picture: Image.Image) -> Image.Image:
    """Return the opacity of a drawn text, cut to what is not empty."""
    mask = picture.getchannel("A")
    return mask.crop(mask.getbbox())


def places(needle: Image.Image, picture: Image.Image) -> list[tuple[int, int]]:
    """Return every left top corner at which the picture's opacity equals `needle`."""
    hay, wanted = picture.getchannel("A"), needle.tobytes()
    width, height = needle.size
    return [
        (x, y)
        for y in range(hay.height - height + 1)
        for x in range(hay.width - width + 1)
        if hay.crop((x, y, x + width, y + height)).tobytes() == wanted
    ]
