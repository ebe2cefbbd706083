"""Pictures of a notebook's outputs: all outputs stand on one page, as in a notebook, and each is taken by itself."""

import base64
import html
import pathlib
import subprocess

from browser import Browser

WIDTH, SCALE = 900, 1.25  # of the page; device pixels for one of the page
COLOURS = 48  # enough for plots and tables; pictures with frames of videos are .jpg
STILL = pathlib.Path(__file__).with_name("still.js")

# As Jupyter shows an output in its light theme.
PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>
body { margin: 0; background: #fff; color: #212121; font: 14px/1.35 "DejaVu Sans", Helvetica, Arial, sans-serif }
.output { width: %dpx; padding: 4px; box-sizing: border-box; margin-bottom: 40px }
table { font-size: 13px } pre { font: 13px/1.35 "DejaVu Sans Mono", monospace }
.modebar, .updatemenu-container { display: none }
</style>
"""


class Picture:
    """An output as a picture, with what the page said there."""

    def __init__(self, data, kind, part):
        self.data, self.kind, self.width, self.height = data, kind, part["width"], part["height"]
        self.text, self.plots, self.videos = part["text"], part["plots"], part["videos"]


def take(outputs, folder):
    """Pictures of outputs, each given as HTML. The page is written into the folder."""
    page = pathlib.Path(folder, "page.html")
    page.write_text(PAGE % WIDTH + "".join(f'<div class="output">{output}</div>\n' for output in outputs), encoding="utf-8")
    with Browser(WIDTH, SCALE) as browser:
        browser.open(page.as_uri())
        return [picture(browser, part) for part in browser.run(STILL.read_text(encoding="utf-8"))]


def picture(browser, part):
    shot = browser.picture(part["x"], part["y"], part["width"], part["height"])
    palette = f"split[a][b];[a]palettegen=max_colors={COLOURS}:reserve_transparent=0[p];[b][p]paletteuse=dither=none"
    png = ffmpeg(shot, "-filter_complex", palette, "-c:v", "png", "-compression_level", "9")
    if not part["videos"]:
        return Picture(png, "image/png", part)
    return Picture(ffmpeg(shot, "-c:v", "mjpeg", "-q:v", "5", "-pix_fmt", "yuvj420p"), "image/jpeg", part)


def ffmpeg(png, *arguments):
    command = ["ffmpeg", "-v", "error", "-f", "png_pipe", "-i", "-", *arguments, "-frames:v", "1", "-bitexact", "-f", "image2pipe", "-"]
    return subprocess.run(command, input=png, stdout=subprocess.PIPE, check=True).stdout
