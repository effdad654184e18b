#!/usr/bin/env bash
# eng/trixie.sh PROGRAM [ARGS…] runs a program of the Debian trixie folder that eng/install.sh makes, with that folder's own loader and libraries.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)/artifacts/trixie"
[ -x "$root/usr/bin/${1:?which program?}" ] || { echo "$1 is not in artifacts/trixie: run eng/install.sh" >&2; exit 127; }
exec "$root/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/bin/$1" "${@:2}"
