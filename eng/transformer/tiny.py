#!/usr/bin/env python3
"""Writes tests/Embedding/Tiny: a tiny transformer with random weights as a sentence-transformers export, with what torch and
the reference tokenizer make of the texts below.

    apt-get install python3-torch python3-onnx
    cd eng/tokeniser && npm install --no-save tokenizers@0.23.2 && cd ../.. && python3 eng/transformer/tiny.py
"""
import json
import math
import pathlib
import re
import string
import subprocess

import torch

import bert

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "tests/Embedding/Tiny"
LIMIT = 24

TEXTS = [
    "",
    "I want a taxi to the station, please.",
    "  The HOTEL\tis\ncheap\r\n\n",
    "Café Zoë naïve ÀÉÎÕÜ ñ ệ Å",
    "İstanbul ıssız ΑΣ Straße ẞ ﬁne １２",
    "中国的火车 a中b カラオケ 한국어 𠀀𪜀",
    "🙂 taxi🥰 👨‍👩‍👧 🇫🇷 ☎️",
    "a\u0000b\u0007c\u200bd\u00ade\u202ef\ufeffg\ufffdh\u0085i\ue000j",
    "$5+3=8 <b>x</b> a^b `c` |d| ~e_f",
    "“quoted” – dash… ¿qué? ‘s’ € £ ° ×",
    "x" * 100 + " " + "x" * 101 + " " + "e\u0301" * 60,
    "\\uD800 taxi\\uDC00hotel \\uDC00\\uD800",
    "[CLS] a [SEP]b[MASK] [PAD] [UNK] [sep] [CLS",
    "don't unwantedly, well-being\u00a0at\u3000the\u2003hotel",
    "क्षि ที่ שלום مرحبا e\u0301\u0327a",
    "\n".join(f"User: I want a cheap hotel at {i}.\nSystem: The hotel is at the station, taxi {i} please?" for i in range(20)),
]


def vocabulary():
    letters = string.ascii_letters + string.digits + string.punctuation + "σßıαςрашב中国的火车カラオケ한ᄒ🙂☎₀“”–…¿‘’€£°×"
    words = ("i want a taxi to the station please hotel is cheap at user system cafe zoe naive istanbul don un well being b x xx s Taxi Hotel"
             " The I Caf Zo").split()
    pieces = "##é ##e ##ed ##ly ##want ##wanted ##wantedly ##x ##xx ##ing ##s ##r ##asse".split()
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *words, *(f"##{c}" for c in string.ascii_lowercase + string.digits), *pieces]
    return list(dict.fromkeys(tokens))


def literal(text):
    """Lone surrogates, written as escapes above, as the characters they are; the file has them as escapes again."""
    return re.sub(r"\\u([0-9A-F]{4})", lambda m: chr(int(m.group(1), 16)), text)


def escaped(text):
    units = text.encode("utf-16-be", "surrogatepass")
    codes = [int.from_bytes(units[i:i + 2], "big") for i in range(0, len(units), 2)]
    return "".join(chr(c) if 32 <= c < 127 and c != 92 else f"\\u{c:04X}" for c in codes)


def reference_ids(lowercase):
    visible = [literal(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in TEXTS]
    command = ["node", str(ROOT / "eng/tokeniser/ids.mjs"), str(OUT / "vocab.txt"), str(lowercase).lower()]
    return json.loads(subprocess.run(command, input=json.dumps(visible), capture_output=True, text=True, check=True).stdout)


def encode(model, ids, pooling):
    room = LIMIT - 2
    count = max(1, math.ceil(len(ids) / room))
    total = torch.zeros(model.words.embedding_dim)
    for i in range(count):
        part = ids[i * len(ids) // count:(i + 1) * len(ids) // count]
        tokens = torch.tensor([[2, *part, 3]])
        hidden = model(tokens, torch.ones_like(tokens), torch.zeros_like(tokens))[0]
        total += max(1, len(part)) * (hidden.mean(0) if pooling == "mean" else hidden[0])
    return (total / total.norm()).tolist()


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    tokens = vocabulary()
    (OUT / "vocab.txt").write_text("\n".join(tokens) + "\n")
    uncased, cased = reference_ids(True), reference_ids(False)
    model = bert.Encoder(len(tokens), width=32, heads=4, layers=2, inner=64, positions=LIMIT + 2, seed=7).eval()
    bert.export(model, str(OUT / "model.onnx"))
    files = {
        "config.json": {"_name_or_path": "dialoguemesh/tiny", "max_position_embeddings": LIMIT + 2},
        "sentence_bert_config.json": {"max_seq_length": LIMIT, "do_lower_case": False},
        "tokenizer_config.json": {"do_lower_case": True, "tokenizer_class": "BertTokenizer"},
        "modules.json": [{"idx": i, "type": f"sentence_transformers.models.{t}"} for i, t in enumerate(["Transformer", "Pooling", "Normalize"])],
    }
    for name, content in files.items():
        (OUT / name).write_text(json.dumps(content, indent=2) + "\n")
    (OUT / "1_Pooling").mkdir(exist_ok=True)
    (OUT / "1_Pooling/config.json").write_text(json.dumps({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}, indent=2) + "\n")
    with torch.no_grad():
        golden = [
            {"text": escaped(literal(text)), "uncased": u, "cased": c,
             "mean": [round(x, 6) for x in encode(model, u, "mean")], "cls": [round(x, 6) for x in encode(model, u, "cls")]}
            for text, u, c in zip(TEXTS, uncased, cased)]
    (OUT / "golden.json").write_text("[\n" + ",\n".join(json.dumps(g) for g in golden) + "\n]\n")


main()
