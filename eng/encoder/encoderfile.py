"""The encoder's file: a line of JSON, then a row of signed bytes for each of the table's rows."""

import json

import numpy as np

import features

FORMAT = "dialoguemesh-static-1"


def quantised(table):
    """One scale for all rows, so that whole numbers can be summed; the vectors' lengths do not matter."""
    return np.round(table * (127 / np.abs(table).max())).astype(np.int8)


def write(path, table, common_words):
    head = {"format": FORMAT, "rows": table.shape[0], "dimension": table.shape[1], "common": sorted(common_words)}
    with open(path, "wb") as file:
        file.write(json.dumps(head, ensure_ascii=True).encode() + b"\n" + table.tobytes())


def read(path):
    """(table, hashes of the common words)"""
    with open(path, "rb") as file:
        head = json.loads(file.readline())
        table = np.frombuffer(file.read(), np.int8).reshape(head["rows"], head["dimension"])
    return table, {features.fnv1a(word) for word in head["common"]}


def sums(table, common, text):
    """The text's vector before it is made a unit vector: whole numbers."""
    found = features.rows(text, common, len(table))
    return np.array(list(found.values()), np.int64) @ table[list(found)].astype(np.int64)


def vectors(table, common, texts):
    """One unit row a text."""
    rows = np.stack([sums(table, common, text) for text in texts]).astype(np.float64)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(norms > 0, norms, 1)).astype(np.float32)
