#!/usr/bin/env python3
"""Writes FOLDER: a sentence-transformers export of the size of all-MiniLM-L6-v2 with random weights, to measure speed where the
real one cannot be fetched.

    apt-get install python3-torch python3-onnx
    python3 eng/transformer/minilm.py FOLDER
"""
import json
import pathlib
import sys

import bert

VOCABULARY, LIMIT = 30522, 256


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    tiny = pathlib.Path(__file__).resolve().parents[2] / "tests/Embedding/Tiny/vocab.txt"
    tokens = tiny.read_text().split("\n")[:-1]
    tokens += [f"[unused{i}]" for i in range(VOCABULARY - len(tokens))]
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n")
    (folder / "config.json").write_text(json.dumps({"_name_or_path": "dialoguemesh/minilm-sized", "max_position_embeddings": 512}))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": LIMIT, "do_lower_case": False}))
    (folder / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": True, "tokenizer_class": "BertTokenizer"}))
    model = bert.Encoder(VOCABULARY, width=384, heads=12, layers=6, inner=1536, positions=512, seed=7)
    bert.export(model, str(folder / "model.onnx"))


main(pathlib.Path(sys.argv[1]))
