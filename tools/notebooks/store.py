#!/usr/bin/env python3
"""Runs the notebooks and stores them with their outputs as pictures and text, which every program that shows notebooks can show."""

import argparse
import base64
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pictures

ROOT = pathlib.Path(__file__).resolve().parents[2]
STORED = ROOT / "notebooks"
WORK = ROOT / "artifacts" / "notebooks"  # laid out as the repository: notebooks in one folder, example data sets next to it
MOST_BYTES = 3_500_000  # of all notebooks together

DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")  # a LoRA file's metadata has one

# A machine's folders, dates and times of day: a stored output that has one is refused.
UNWANTED = re.compile(r"(?<![\w./~-])/(?:work|root|home|tmp|usr|var|opt|mnt|media|data)/|\b20\d\d-\d\d-\d\d\b|\b\d\d:\d\d:\d\d\b")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="the notebooks, such as 01 or 01-first-lora; "
                        "without one, those whose code is newer than their outputs")
    parser.add_argument("--all", action="store_true", help="all notebooks")
    parser.add_argument("--pictures-only", action="store_true", help="do not run them: take the pictures of the last run again")
    arguments = parser.parse_args()
    for file in chosen(sorted(STORED.glob("0*.ipynb")), arguments):
        ran = WORK / "ran" / file.name
        if not arguments.pictures_only:
            run(file, ran)
        store(file, read(ran))
    size = sum(file.stat().st_size for file in STORED.glob("*.ipynb"))
    print(f"{STORED.relative_to(ROOT)}: {size / 1e6:.2f} MB")
    if size > MOST_BYTES:
        raise SystemExit(f"error: that is more than {MOST_BYTES / 1e6} MB; take fewer colours or a smaller scale in pictures.py")


def chosen(files, arguments):
    if arguments.names:
        unknown = [name for name in arguments.names if not any(file.name.startswith(name) for file in files)]
        if unknown:
            raise SystemExit(f"error: no notebook is called {', '.join(unknown)}")
        return [file for file in files if any(file.name.startswith(name) for name in arguments.names)]
    return files if arguments.all else [file for file in files if is_old(read(file))]


def is_old(notebook):
    return notebook["metadata"].get("wanlab", {}).get("outputs_of") != code_hash(notebook)


def code_hash(notebook):
    """SHA-256 of the code cells' sources, a zero byte after each. tests/WanLab.Docs.Tests computes the same."""
    return hashlib.sha256(b"".join("".join(cell["source"]).encode() + b"\0" for cell in code_cells(notebook))).hexdigest()


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run(file, ran):
    """Runs a notebook in a folder of its own, without runs of an earlier time."""
    print(f"{file.name}: running", flush=True)
    copy = WORK / "notebooks" / file.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    for folder in (copy.parent, ran.parent):
        folder.mkdir(parents=True, exist_ok=True)
    examples = WORK / "datasets-example"
    if not examples.exists():
        examples.symlink_to(ROOT / "datasets-example")
    shutil.copy(file, copy)
    if subprocess.run([ROOT / "wanlab", "--no-install", "notebook", "run", copy, "--output", ran]).returncode != 0:
        raise SystemExit(f"error: {file.name} failed; its outputs are in {ran}")


def store(file, ran):
    """Writes the outputs of a notebook that ran into the stored one."""
    notebook = read(file)
    if code_hash(notebook) != code_hash(ran):
        raise SystemExit(f"error: {file.name} was changed after it ran; run it again")
    cells = [(cell, [small(output, cell) for output in from_ran["outputs"]], from_ran["execution_count"])
             for cell, from_ran in zip(code_cells(notebook), code_cells(ran))]
    with_html = [output for _, outputs, _ in cells for output in outputs if "text/html" in output.get("data", {})]
    for output, picture in zip(with_html, pictures.take([text_of(output["data"].pop("text/html")) for output in with_html], WORK)):
        refuse(picture.text, file)
        # What is nothing but its text needs no picture.
        if picture.plots or picture.videos or picture.text.strip() != text_of(output["data"].get("text/plain", "")).strip():
            output["data"][picture.kind] = base64.b64encode(picture.data).decode()
            output["metadata"] = {picture.kind: {"width": picture.width, "height": picture.height}}
    for cell, outputs, count in cells:
        for output in outputs:
            refuse(json.dumps([output.get("text"), output.get("data", {}).get("text/plain")]), file)
        cell["outputs"], cell["execution_count"] = outputs, count
    notebook["metadata"]["wanlab"] = {"outputs_of": code_hash(notebook), "version": version()}
    file.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{file.name}: {file.stat().st_size / 1e3:.0f} kB with {len(with_html)} pictures", flush=True)


def small(output, cell):
    """An output without the folder of this checkout and the day of the run."""
    if output["output_type"] == "error":
        raise SystemExit(f"error: cell {cell['id']} failed: {output['ename']}")
    text = json.dumps(output).replace(str(WORK), "wanlab").replace(str(ROOT), "wanlab")
    return json.loads(DAY.sub("YYYY-MM-DD", text))


def refuse(text, file):
    found = UNWANTED.search(text)
    if found:
        raise SystemExit(f"error: {file.name}: an output names a folder or a time of this machine: "
                         f"...{text[max(0, found.start() - 60):found.end() + 60]}...")


def text_of(lines):
    return lines if isinstance(lines, str) else "".join(lines)


def read(file):
    return json.loads(file.read_text(encoding="utf-8"))


def version():
    return ElementTree.parse(ROOT / "Directory.Build.props").findtext(".//Version")


if __name__ == "__main__":
    main()
