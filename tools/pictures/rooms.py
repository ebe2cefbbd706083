#!/usr/bin/env python3
"""Draws docs/rooms.svg: the rooms of the house and their main arrows. Usage: rooms.py > docs/rooms.svg"""

WIDTH, ROW, HEIGHT = 880, 66, 40  # of the picture; from row to row; of a box
KINDS = {"outside": "#2f855a", "core": "#2b6cb0", "toy": "#b7791f", "base": "#4a5568"}

# name: (kind, centre x, row, width, caption)
ROOMS = {
    "Cli": ("outside", 430, 0, 250, "the verbs, thin"),
    "Notebooks": ("outside", 330, 1, 170, "displays: blocks, figures, views"),
    "Jupyter": ("outside", 800, 1, 140, "the notebook kernel"),
    "Planning": ("core", 250, 2, 150, "memory, disk, time of a job"),
    "Experiments": ("core", 430, 2, 150, "settings times seeds"),
    "Tiny": ("toy", 620, 1, 160, "scenes, pretraining"),
    "Parity": ("core", 110, 3, 150, "the official code's numbers"),
    "Jobs": ("core", 340, 3, 160, "reading, rules, recipes, import"),
    "Review": ("core", 560, 3, 150, "measures of clips and runs"),
    "Training": ("core", 300, 4, 170, "options, the step, optimisers"),
    "Sampling": ("core", 110, 5, 150, "one video from one request"),
    "Encodings": ("core", 330, 5, 160, "clips and texts, encoded"),
    "Runs": ("core", 530, 5, 150, "a run on disk"),
    "Memory": ("core", 200, 6, 150, "how weights are held"),
    "Adapters": ("core", 215, 7, 140, "LoRA: layers and files"),
    "Diffusion": ("core", 75, 8, 140, "timesteps, solvers"),
    "Models": ("core", 265, 8, 180, "transformer, VAE, text, weights"),
    "Datasets": ("core", 500, 8, 150, "clips, captions, order"),
    "Torch": ("base", 190, 9, 170, "tensors on libtorch, C bridge"),
    "Media": ("core", 460, 9, 150, "ffmpeg: frames in and out"),
    "Yaml": ("core", 640, 9, 150, "options from YAML"),
    "Base": ("base", 440, 10, 820, "exception, atomic files, content store, interrupt, counters"),
}

# user, used, and where the line starts and ends along the two boxes (-1 left ... 1 right); or a list of corners
ARROWS = [
    ("Cli", "Notebooks", -0.5, 0), ("Cli", "Jupyter", 0.95, -0.3), ("Cli", "Tiny", 0.6, 0),
    ("Notebooks", "Planning", -0.4, 0), ("Notebooks", "Experiments", 0.4, -0.2), ("Planning", "Jobs", 0, -0.3),
    ("Tiny", "Experiments", -0.6, 0.5), ("Experiments", "Jobs", -0.3, 0.4), ("Experiments", "Review", 0.5, -0.3),
    ("Parity", "Training", 0.4, -0.7), ("Jobs", "Training", -0.2, 0.1), ("Review", "Runs", 0, 0.3),
    ("Training", "Sampling", -0.6, 0.4), ("Training", "Encodings", 0.2, 0), ("Training", "Runs", 0.8, -0.5),
    ("Sampling", "Memory", 0.4, -0.5), ("Sampling", "Diffusion", -0.5, 0), ("Memory", "Adapters", 0, 0),
    ("Adapters", "Models", 0.2, -0.2), ("Encodings", "Models", -0.1, 0.5), ("Encodings", "Datasets", 0.5, -0.6),
    ("Runs", "Models", -0.8, 0.9), ("Runs", "Datasets", 0, 0.4), ("Diffusion", "Torch", 0.2, -0.6), ("Models", "Torch", -0.2, 0.3),
    ("Datasets", "Media", 0, 0.2), ("Torch", "Base", 0, -0.61), ("Media", "Base", 0, 0.05), ("Yaml", "Base", 0, 0.488),
    ("Jupyter", "Base", 0.5, 0.963),
]
CORNERS = [
    ("Cli", "Parity", [(305, 20), (110, 20), (110, 3 * ROW + 7)]),
    ("Training", "Yaml", [(385, 4 * ROW + 20), (650, 4 * ROW + 20), (650, 9 * ROW + 7)]),
]


def main():
    height = 11 * ROW + 14
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
          'font-family="Helvetica, Arial, sans-serif" role="img" aria-labelledby="title">')
    print('<title id="title">The rooms of WanLab from the command line at the top to the base at the bottom; '
          "arrows lead from a room to one that it uses</title>")
    print('<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
          '<path d="M0 0L8 4L0 8z" fill="#808a99"/></marker></defs>')
    for user, used, start, end in ARROWS:
        (_, x1, row1, w1, _), (_, x2, row2, w2, _) = ROOMS[user], ROOMS[used]
        line([(x1 + start * w1 / 2, row1 * ROW + HEIGHT + 8), (x2 + end * w2 / 2, row2 * ROW + 7)])
    for _, _, corners in CORNERS:
        line(corners)
    for name, (kind, x, row, width, caption) in ROOMS.items():
        y = row * ROW + 8
        print(f'<rect x="{x - width / 2:g}" y="{y}" width="{width}" height="{HEIGHT}" rx="6" fill="{KINDS[kind]}"/>')
        print(f'<text x="{x}" y="{y + 17}" text-anchor="middle" fill="#fff" font-size="13" font-weight="bold">{name}</text>')
        print(f'<text x="{x}" y="{y + 32}" text-anchor="middle" fill="#fff" font-size="10">{caption}</text>')
    legend = [("outside", "used by people"), ("core", "src/WanLab"), ("toy", "the toy world"), ("base", "the base")]
    for k, (kind, text) in enumerate(legend):
        y = 3 * ROW + 10 + 22 * k
        print(f'<rect x="690" y="{y}" width="14" height="14" rx="3" fill="{KINDS[kind]}"/>')
        print(f'<text x="710" y="{y + 11}" fill="#808a99" font-size="11">{text}</text>')
    print("</svg>")


def line(points):
    path = "L".join(f"{x:g} {y:g}" for x, y in points)
    print(f'<path d="M{path}" fill="none" stroke="#808a99" stroke-width="1.4" marker-end="url(#tip)"/>')


if __name__ == "__main__":
    main()
