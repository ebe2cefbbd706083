#!/usr/bin/env python3
"""Prints which share of each project's lines the tests ran: the union of all coverage.cobertura.xml files below a folder.

A line counts as run if the tests of any project ran it. Code that runs in a process of its own (the kernel, the launcher, the
command line as a program) is not seen, so the shares are lower bounds.
"""

import collections
import glob
import sys
import xml.etree.ElementTree as ElementTree


def main(folder):
    hit = collections.defaultdict(lambda: collections.defaultdict(bool))  # project -> (file, line) -> was run
    for report in glob.glob(f"{folder}/**/coverage.cobertura.xml", recursive=True):
        for package in ElementTree.parse(report).getroot().iter("package"):
            for kind in package.iter("class"):
                for line in kind.iter("line"):
                    place = (kind.get("filename").rpartition("/src/")[2], line.get("number"))
                    hit[package.get("name")][place] |= int(line.get("hits")) > 0
    if not hit:
        sys.exit(f"error: no coverage.cobertura.xml below {folder}")
    rows = [(name, sum(lines.values()), len(lines)) for name, lines in sorted(hit.items())]
    rows.append(("all", sum(run for _, run, _ in rows), sum(lines for _, _, lines in rows)))
    for name, run, lines in rows:
        print(f"{name:20} {run:6} of {lines:6} lines  {100 * run / lines:5.1f} %")


if __name__ == "__main__":
    main(sys.argv[1])
