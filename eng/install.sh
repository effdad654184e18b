#!/usr/bin/env bash
# Checks that what the build and the tests need is there, and says what is missing. Python 3 checks output files from outside.
set -euo pipefail
missing=0
dotnet --version | grep -q '^10\.' || { echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download" >&2; missing=1; }
if ! command -v python3 >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq python3-minimal >/dev/null
  else
    echo "python3 is missing: install it to run the tests" >&2
    missing=1
  fi
fi
exit $missing
