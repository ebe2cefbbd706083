"""Writes corpus.txt beside this file: plain English captions of simple moving 3D scenes. Same text on every run."""
import pathlib
import random

rng = random.Random(20)

COLOURS = "red green blue yellow orange purple pink white black grey brown cyan magenta turquoise gold silver".split()
SIZES = ["small", "large", "tiny", "huge", "tall", "short", "round", "flat", "shiny", "matte", "rough", "smooth", "glowing"]
SHAPES = ["cube", "sphere", "cone", "cylinder", "torus", "ring", "pyramid", "box", "ball", "pillar", "block", "disc", "star",
          "toy car", "boat", "tree", "house", "robot", "cat", "dog", "bird", "chair", "lamp", "cup", "teapot"]
FLOORS = ["checkered floor", "plain floor", "wooden floor", "tiled floor", "striped floor", "grass field", "sandy ground",
          "stone floor", "mirror floor", "snowy ground", "water surface", "grid floor"]
BACKDROPS = ["a blue sky", "a dark night sky", "a sunset sky", "a plain wall", "a brick wall", "a foggy background",
             "distant mountains", "a forest", "a city skyline", "a gradient background", "an empty studio", "a starry sky"]
LIGHTS = ["soft light", "hard light", "warm light", "cold light", "rim light", "morning sun", "evening light", "neon light",
          "candle light", "bright daylight", "long shadows", "volumetric light"]
STYLES = ["3d render", "low poly style", "clay animation", "pixel art", "watercolor painting", "cartoon style", "film still",
          "photorealistic", "oil painting", "sketch", "toy photography", "cinematic", "vintage film", "anime style"]
CAMERA = ["the camera pans left", "the camera pans right", "the camera tilts up", "the camera tilts down",
          "the camera dollies in", "the camera dollies out", "the camera trucks left", "the camera trucks right",
          "the camera zooms in", "the camera zooms out", "the camera orbits around the {s}", "the camera orbits left",
          "the camera orbits right", "the camera rises", "the camera descends", "the camera rolls", "the camera holds still",
          "static shot", "handheld camera", "tracking shot of the {s}", "crane shot", "slow push in", "fast pull back",
          "360 degree orbit", "aerial view", "close-up of the {s}", "wide shot", "medium shot", "low angle", "high angle"]
MOTIONS = ["spins", "rolls", "slides", "bounces", "falls", "floats", "turns", "moves left", "moves right", "rises", "sinks",
           "jumps", "swings", "shakes", "grows", "shrinks", "breaks apart", "explodes", "melts", "stands still", "opens",
           "flies away", "runs", "walks", "drifts", "rotates slowly", "rotates quickly", "comes closer", "disappears"]
SPEEDS = ["slowly", "quickly", "smoothly", "gently", "suddenly", "at constant speed", "in slow motion", "back and forth"]
PLACES = ["on a", "above a", "across a", "over a", "at the edge of a", "in the middle of a"]
TRIGGERS = ["frung", "ohwx", "sks", "zxc", "frung style", "frung motion", "in frung style"]
NEGATIVE = ["blurry", "low quality", "worst quality", "overexposed", "static", "watermark", "subtitles", "jpeg artifacts",
            "deformed", "extra fingers", "ugly", "noise", "flicker", "still picture", "messy background"]


def thing():
    words = [rng.choice(COLOURS), rng.choice(SHAPES)]
    if rng.random() < 0.5:
        words.insert(0, rng.choice(SIZES))
    return " ".join(words)


def article(words):
    return ("an " if words[0] in "aeiou" else "a ") + words


def caption():
    subject, shape = thing(), rng.choice(SHAPES)
    camera = rng.choice(CAMERA).format(s=shape)
    floor = rng.choice([rng.choice(COLOURS) + " ", ""]) + rng.choice(FLOORS)
    forms = [
        f"{article(subject)} {rng.choice(MOTIONS)} {rng.choice(PLACES)} {floor}, {rng.choice(BACKDROPS)} behind it, {camera}",
        f"{camera}. {article(subject)} and {article(thing())} {rng.choice(PLACES)} {floor}, {rng.choice(LIGHTS)}",
        f"{rng.choice(STYLES)} of {article(subject)} that {rng.choice(MOTIONS)} {rng.choice(SPEEDS)}, {camera} {rng.choice(SPEEDS)}",
        f"{rng.choice(TRIGGERS)}, {article(subject)} {rng.choice(MOTIONS)}, {rng.choice(LIGHTS)}, {rng.choice(BACKDROPS)}",
        f"In this video, {camera} while {article(subject)} {rng.choice(MOTIONS)} in front of {rng.choice(BACKDROPS)}.",
        ", ".join(rng.sample(NEGATIVE, 4)),
        f"There are {rng.randint(2, 99)} {rng.choice(COLOURS)} {shape}s; the {subject} {rng.choice(MOTIONS)} for {rng.randint(1, 10)} seconds.",
    ]
    text = rng.choice(forms)
    return text[0].upper() + text[1:] if rng.random() < 0.5 else text


# Every printable ASCII character, in many neighbourhoods, so that each has a piece of its own.
ascii_lines = ["".join(chr(c) for c in range(0x21, 0x7F)), " ".join(chr(c) for c in range(0x21, 0x7F))]
lines = [caption() for _ in range(1500)] + ascii_lines
pathlib.Path(__file__).with_name("corpus.txt").write_text("\n".join(lines) + "\n", encoding="ascii")
