#!/usr/bin/env bash
# Search over 100,000 x 384 beside scikit-learn (python3-sklearn) in one run; then 1,000,000 x 384.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dotnet build "$here" -c Release -v q -nologo -clp:NoSummary
program=$here/../../artifacts/bin/DialogueMesh.Benchmarks.Search/release/DialogueMesh.Benchmarks.Search.dll
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg), .NET $(dotnet --version)"
dotnet "$program" 100000 384 --vectors
/usr/bin/python3 "$here/sklearn_search.py"
dotnet "$program" 1000000 384 --no-self-join
echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
