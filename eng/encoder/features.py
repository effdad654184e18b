"""What the encoder reads in a canonical text: words and pairs of neighbouring words, each as a row of its table.

services/Embedding/Static/FeatureCounts.cs does the same; tests/Embedding/Static/golden.json holds the two together."""

import math
import re
from collections import Counter

WORD = re.compile(r"[^\W_]+")  # letters (L*) and numbers (Nd, Nl, No)
DIGIT = re.compile(r"\d")
FNV_OFFSET, FNV_PRIME, MASK = 0x811C9DC5, 0x01000193, 0xFFFFFFFF
MOST_WEIGHT = 256


def fnv1a(text):
    """32-bit FNV-1a of the UTF-8 bytes."""
    value = FNV_OFFSET
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * FNV_PRIME) & MASK
    return value


def words(line):
    return WORD.findall(line.replace("'", ""))


def placeholder(word, common):
    """A number is any number, and a word that is not common stands for any value."""
    return "#" if word[0] == "0" else word if fnv1a(word) in common else "*"


def features(text, common):
    """Each word, with all digits alike, and each pair of neighbours in an utterance; `common` holds hashes of words."""
    for line in text.split("\n"):
        found = [DIGIT.sub("0", word) for word in words(line)]
        yield from found
        masked = ["^", *(placeholder(word, common) for word in found), "$"] if found else []
        for left, right in zip(masked, masked[1:]):
            yield f"{left} {right}"


def weight(count):
    """16 (1 + ln count), a whole number: sums of whole numbers are equal on every machine, in any order."""
    return min(MOST_WEIGHT, math.floor(16 * (1 + math.log(count)) + 0.5))


def rows(text, common, table_rows):
    """{row: weight}; a text without words is one feature."""
    names = list(features(text, common)) or [text.strip(" ")]
    counts = Counter(fnv1a(name) % table_rows for name in names)
    return {row: weight(count) for row, count in counts.items()}
