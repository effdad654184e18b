"""Writes tests/Embedding/Static/golden.json: what the encoder's file makes of some texts, for the C# to be held to.

usage: python3 eng/encoder/golden.py (after train.py; needs python3-numpy)"""

import json
import pathlib

import encoderfile
import features

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHOWN = 24  # of a vector's numbers

TEXTS = [
    "",
    " ?! ",
    "\U0001f642\U0001f642",
    "i want a taxi to the station, please.",
    "i want a taxi to the station, please.\nwhere do you want to be picked up?\nat the hotel, please.",
    "don't, can't, it's 19:30 or 7pm; o'clock ''",
    "the the the the the taxi taxi",
    "caf\u00e9 zo\u00eb na\u00efve stra\u00dfe i\u0307stanbul \u0131ss\u0131z",
    "\u4e2d\u56fd\u7684\u706b\u8f66 a\u4e2db \u30ab\u30e9\u30aa\u30b1 \ud55c\uad6d\uc5b4 \U00020000\U0002a700",
    "\u0915\u094d\u0937\u093f \u0e17\u0e35\u0e48 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 e\u0301\u0327a",
    "\u0663\u0664 \u096b\u096c 12\u0663 \u2167 \u2460 \u00bd \u00b2 x\u00b2 3\u20444 \U0001d7d9 \u3007 \u4e09",
    "a_b c-d e.f g/h $5+3=8 <b>x</b> `c` [cls] {d}",
    "a\u00adb\u200bc\u00a0d\ufffde\ue000f\u0085g",
    "\n\n\nthe hotel\n\n?\n\nis cheap\n",
    "x" * 300 + " " + "\u00e9" * 100 + " 0000000000000000000000000000000000000000000000000000000000000000000000000 end",
    "\n".join(f"i'd like a table at {i}:00 for {i} people in springfield, please.\nsure. your number is abc{i}." for i in range(40)),
]


def main():
    table, common = encoderfile.read(ROOT / "data/encoder/builtin.bin")
    lines = []
    for text in TEXTS:
        found = sorted(features.rows(text, common, len(table)).items())
        vector = encoderfile.vectors(table, common, [text])[0]
        lines.append(json.dumps({
            "text": text, "rows": [row for row, _ in found], "weights": [weight for _, weight in found],
            "sums": encoderfile.sums(table, common, text).tolist()[:SHOWN], "vector": [round(float(x), 7) for x in vector[:SHOWN]],
        }))
    out = ROOT / "tests/Embedding/Static/golden.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
