#!/usr/bin/env python3
"""Writes services/Dedup/Fingerprints/nfkc.txt from Python's Unicode data: python3 eng/unicode/nfkc.py > FILE

.NET does not normalise text when it runs without ICU (InvariantGlobalization), and a text's fingerprint must not depend on
the machine's ICU, so the tables are part of the project. A newer Unicode version changes fingerprints of characters that
it adds, of no others (Unicode's normalisation stability policy).
"""
import sys
import unicodedata as u


def hexes(text):
    return " ".join(f"{ord(c):X}" for c in text)


HANGUL = range(0xAC00, 0xD7A4)
POINTS = [p for p in range(sys.maxunicode + 1) if not 0xD800 <= p <= 0xDFFF and p not in HANGUL]

print(f"# Unicode {u.unidata_version}, written by eng/unicode/nfkc.py. Data (c) Unicode, Inc., Unicode licence v3.")
print("[decomposition] code point=full compatibility decomposition")
for p in POINTS:
    full = u.normalize("NFKD", chr(p))
    if full != chr(p):
        print(f"{p:X}={hexes(full)}")

print("[class] first-last=canonical combining class")
start = None
for p in POINTS + [sys.maxunicode + 1]:
    ccc = u.combining(chr(p)) if p <= sys.maxunicode else 0
    if start is not None and (ccc != start[1] or p != last + 1):
        print(f"{start[0]:X}-{last:X}={start[1]}")
        start = None
    if ccc and start is None:
        start = (p, ccc)
    last = p

print("[composition] first second=primary composite")
for p in POINTS:
    parts = u.decomposition(chr(p)).split()
    # Composition exclusions are those that NFC takes apart.
    if len(parts) == 2 and not parts[0].startswith("<") and u.normalize("NFC", chr(p)) == chr(p):
        print(f"{parts[0]} {parts[1]}={p:X}")
