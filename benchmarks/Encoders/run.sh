#!/usr/bin/env bash
# TEXTS.jsonl: a full batch through OnnxEncoder and through onnxruntime-node, in turn (python3-torch, python3-onnx, npm), then the
# speed of both encoders, one text at a time.
set -euo pipefail
texts=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
dotnet build "$here" -c Release -v q -nologo -clp:NoSummary
program=$here/../../artifacts/bin/DialogueMesh.Benchmarks.Encoders/release/DialogueMesh.Benchmarks.Encoders.dll
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
/usr/bin/python3 "$here/../../eng/transformer/minilm.py" model
cp "$here/batch.mjs" .
npm install --no-audit --no-fund --silent --ignore-scripts onnxruntime-node@1.30.0
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg), .NET $(dotnet --version), Node $(node --version)"
for _ in 1 2 3 4 5; do
  dotnet "$program" batch model "$texts" ids.json 8
  node batch.mjs model/model.onnx ids.json 8 "$(nproc)"
done
dotnet "$program" speed builtin "$texts" 2 5
dotnet "$program" speed model "$texts" 2 15
echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
