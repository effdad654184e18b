#!/usr/bin/env bash
# Checks that what the build and the tests need is there, and says what is missing. Python 3 checks output files from outside; RabbitMQ carries the mesh,
# Redis is its shared memory; kubectl renders deploy/; OpenAI's SDK for Node, pinned in tests/Simulator/Sdk, checks the simulator from outside.
set -euo pipefail
cd "$(dirname "$0")/.."
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
# Installed, not started: the tests run a node of their own.
if [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq rabbitmq-server >/dev/null
  else
    echo "rabbitmq-server is missing: the tests of the mesh cannot run" >&2
    [ "${DIALOGUEMESH_REQUIRE_SERVERS:-}" != 1 ] || missing=1
  fi
fi
# Redis 8 is not in Debian 12: what this machine lacks comes from trixie, into a folder beside the build's output (eng/trixie.sh runs it).
lacking=()
redis-server --version 2>/dev/null | grep -qE 'v=([89]|[1-9][0-9])\.' || lacking+=(redis-server)
command -v kubectl >/dev/null || lacking+=(kubernetes-client)
trixie=artifacts/trixie
for package in "${lacking[@]}"; do
  [ -e "$trixie/usr/share/doc/$package" ] || { rm -rf "$trixie"; break; }
done
if [ ${#lacking[@]} -gt 0 ] && [ ! -d "$trixie" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap >/dev/null; }
    rm -rf "$trixie.part"
    mkdir -p artifacts
    debootstrap --variant=minbase --include="$(IFS=,; echo "${lacking[*]}")" trixie "$trixie.part" >artifacts/trixie.log 2>&1 || { tail -5 artifacts/trixie.log >&2; exit 1; }
    mv "$trixie.part" "$trixie"
  else
    echo "${lacking[*]} of Debian trixie, or Redis 8 and kubectl, are missing: the tests that need them cannot run" >&2
    [ "${DIALOGUEMESH_REQUIRE_SERVERS:-}" != 1 ] || missing=1
  fi
fi
sdk=tests/Simulator/Sdk
if ! cmp -s "$sdk/package-lock.json" "$sdk/node_modules/.installed"; then
  if command -v npm >/dev/null && npm ci --prefix "$sdk" --no-audit --no-fund --silent; then
    cp "$sdk/package-lock.json" "$sdk/node_modules/.installed"
  else
    echo "npm or its registry is missing: the test with OpenAI's SDK for Node cannot run" >&2
    [ "${DIALOGUEMESH_REQUIRE_SERVERS:-}" != 1 ] || missing=1
  fi
fi
exit $missing
