#!/usr/bin/env bash
# Prints a result in the form that benchmarks/README.md asks for: machine, versions, load, command, raw output.
#
#   benchmarks/record.sh bench step --threads 1 > benchmarks/2026-11-28-epyc-2-cores.md
#
# Several commands are divided by '--' and run in turns, twice each, so that they can be compared:
#
#   benchmarks/record.sh bench step -- bench step --quantization uint4 > benchmarks/...
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
app=$root/artifacts/bin/WanLab.Cli/release/WanLab.Cli.dll
[ -f "$app" ] || { echo "error: nothing is built; run ./wanlab doctor first" >&2; exit 1; }
[ -z "$(git -C "$root" status --porcelain)" ] || { echo "error: there are local changes; commit them first" >&2; exit 1; }

commands=() command=''
for word; do
    if [ "$word" = -- ]; then commands+=("$command"); command=''; else command+="${command:+ }$word"; fi
done
commands+=("$command")
rounds=$([ "${#commands[@]}" = 1 ] && echo 1 || echo 2)

load() { uptime | sed 's/.*load average: //'; }
# The choice of ./wanlab --torch, else Debian's package.
libtorch() {
    local chosen=$root/artifacts/torch.path
    if [ -f "$chosen" ]; then echo "$(cat "$(<"$chosen")/build-version" 2>/dev/null || echo "version unknown"), $(basename "$(<"$chosen")")"
    else dpkg-query -W -f='${Version} (Debian)' libtorch-dev; fi
}

field() { lscpu | sed -n "s/^$1: *//p" | head -1; }

echo "# $(date -u +%F), $(field 'Model name'), $(nproc) cores"
echo
echo "| what | value |"
echo "|---|---|"
echo "| processor | $(field 'Model name'), $(nproc) cores |"
echo "| memory | $(free -h | awk '/^Mem/ { print $2 }') |"
! command -v nvidia-smi >/dev/null || echo "| GPU | $(nvidia-smi --query-gpu=name,driver_version --format=csv,noheader | paste -sd ';') |"
echo "| system | $(. /etc/os-release && echo "$PRETTY_NAME") |"
echo "| libtorch | $(libtorch) |"
echo "| .NET | $(dotnet --version) |"
echo "| commit | $(git -C "$root" rev-parse --short HEAD) |"
echo "| load before | $(load) |"
for round in $(seq "$rounds"); do
    for command in "${commands[@]}"; do
        printf '\n```\n$ ./wanlab %s\n' "$command"
        # shellcheck disable=SC2086 # the words of a command
        dotnet "$app" $command
        echo '```'
    done
done
echo
echo "Load after: $(load)"
