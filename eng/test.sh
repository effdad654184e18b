#!/usr/bin/env bash
# Builds everything and runs all tests; arguments go to the test program (for example: -class "*Gate*").
set -euo pipefail
cd "$(dirname "$0")/.."
bash eng/install.sh
dotnet build DialogueMesh.sln -v q -nologo -clp:NoSummary
set +e
# A shell in the background has its programs ignore Ctrl-C, which some tests send.
env --default-signal=INT dotnet artifacts/bin/DialogueMesh.Tests/debug/DialogueMesh.Tests.dll -noLogo -noColor "$@" | tee artifacts/tests.log
code=${PIPESTATUS[0]}
set -e
# xUnit ends with: Total: 812, Errors: 0, Failed: 0, Skipped: 2, Not Run: 0, Time: 40.1s
summary=$(grep -E 'Total: [0-9]+, Errors:' artifacts/tests.log | tail -n 1)
number() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$summary"; }
[ -n "$summary" ] || { echo "The tests did not finish." >&2; exit 1; }
failed=$(($(number Failed) + $(number Errors)))
skipped=$(number Skipped)
echo "$(($(number Total) - $(number Failed) - skipped)) passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] || exit 1
exit "$code"
