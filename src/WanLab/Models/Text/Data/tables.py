"""Writes html-entities.txt and canonical.txt here and in WanLab.Base, from Python's own standard tables.

html-entities.txt   entity name (with its ';' if it has one), code points in hex.
canonical.txt       'D code first [second]': one level of a canonical decomposition; 'd' instead of 'D' when
                    composition must not put the pair together again. 'C first last class': combining classes.
"""
import html.entities
import pathlib
import unicodedata

here = pathlib.Path(__file__).parent


def hexes(text):
    return " ".join(f"{ord(c):X}" for c in text)


lines = [f"{name} {hexes(text)}" for name, text in sorted(html.entities.html5.items())]
(here / "html-entities.txt").write_text("\n".join(lines) + "\n")

lines = []
for code in range(0x110000):
    parts = unicodedata.decomposition(chr(code))
    if parts and not parts.startswith("<"):
        composes = len(parts.split()) == 2 and unicodedata.normalize("NFC", chr(code)) == chr(code)
        codes = " ".join(f"{int(p, 16):X}" for p in parts.split())
        lines.append(f"{'D' if composes else 'd'} {code:X} {codes}")
runs = []
for code in range(0x110000):
    kind = unicodedata.combining(chr(code))
    if not kind:
        continue
    if runs and runs[-1][1] == code - 1 and runs[-1][2] == kind:
        runs[-1][1] = code
    else:
        runs.append([code, code, kind])
lines += [f"C {first:X} {last:X} {kind}" for first, last, kind in runs]
(here.parents[3] / "WanLab.Base" / "canonical.txt").write_text("\n".join(lines) + "\n")
