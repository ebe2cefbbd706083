#!/usr/bin/env python3
"""Takes the picture of README: before, after and the real scene, as the report of a run shows them.

Usage: first_result.py runs/orbit/report.html PROMPT docs/first-result.jpg   (PROMPT: 1 or 2)
Needs Chromium and ffmpeg.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

BLOCK = '<div style="margin:0.5em 0;max-width:980px">'  # around the strips of a prompt
WIDTH = 1000  # of the page, in pixels
END = "#00ff00"  # a line below the strips; the picture is cut above it


def main(report, prompt, picture):
    page = pathlib.Path(report).read_text(encoding="utf-8")
    strips = BLOCK + page.split(BLOCK)[int(prompt)].split("\n</div>\n")[0] + "\n</div>"
    with tempfile.TemporaryDirectory() as folder:
        html, png = pathlib.Path(folder, "page.html"), pathlib.Path(folder, "page.png")
        html.write_text('<meta charset="utf-8"><body style="margin:10px;background:#fff;font:15px/1.4 sans-serif">'
                        f'{strips}<div style="height:4px;background:{END}"></div></body>', encoding="utf-8")
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium has none for root
        subprocess.run(["chromium", "--headless", *sandbox, "--disable-gpu", "--hide-scrollbars", f"--window-size={WIDTH},2000",
                        f"--screenshot={png}", html.as_uri()], check=True, stderr=subprocess.DEVNULL)
        height = end_of(png)
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", png, "-vf", f"crop={WIDTH}:{height}:0:0", "-q:v", "3", picture], check=True)


def end_of(png):
    """The row where the line begins."""
    rows = subprocess.run(["ffmpeg", "-v", "error", "-i", png, "-vf", "crop=1:ih:500:0", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                          check=True, capture_output=True).stdout
    return next(y for y in range(len(rows) // 3) if rows[3 * y:3 * y + 3] == b"\x00\xff\x00")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
