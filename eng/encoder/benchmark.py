"""ROC-AUC, and recall at 1 % false positives, of telling near-duplicates from other dialogues of the same services and intents.

usage: python3 eng/encoder/benchmark.py SPLIT [--train DIR] [--texts FILE] [--vectors NAME=FILE.f32]... [--at NAME=X]
SPLIT is a folder of Schema-Guided Dialogue (one that nothing was trained on: dev). --train is the split that a second TF-IDF
takes its frequencies from. --texts writes the benchmark's texts as JSONL, for any encoder to turn into rows of float32
(benchmarks/Encoders does), which --vectors then judges. --at calibrates: which threshold of each other lets as many of the
different pairs pass as X does for NAME. Needs Debian's python3-numpy and python3-sklearn."""

import argparse
import json

import numpy as np
from sklearn.metrics import roc_auc_score

import baselines
import corpus
import pairs

FALSE_POSITIVES = 0.01
SEED = 1


class Pairs:
    """Labelled pairs as indices of distinct texts."""

    def __init__(self, found):
        index = {}
        for _, _, a, b in found:
            index.setdefault(a, len(index))
            index.setdefault(b, len(index))
        self.texts = list(index)
        self.left, self.right = (np.array([index[pair[side]] for pair in found]) for side in (2, 3))
        self.positive, self.kinds = np.array([pair[1] for pair in found]), np.array([pair[0] for pair in found])


def cosine(vectors, found):
    return np.einsum("ij,ij->i", vectors[found.left].astype(np.float64), vectors[found.right].astype(np.float64))


def threshold(scores, positive, share):
    """The score that at most `share` of the pairs of different dialogues lie above."""
    others = np.sort(scores[~positive])[::-1]
    return others[int(share * len(others))]


def head(found):
    print(f"{found.positive.sum()} near-duplicates, {(~found.positive).sum()} pairs of different dialogues")
    print(f"{'':24} {'AUC':>7} {'recall':>7} {'threshold':>9} " + " ".join(f"{kind:>10}" for kind in pairs.KINDS))


def report(name, scores, found):
    least = threshold(scores, found.positive, FALSE_POSITIVES)
    above = scores > least
    by_kind = " ".join(f"{above[found.kinds == kind].mean():10.3f}" for kind in pairs.KINDS)
    print(f"{name:24} {roc_auc_score(found.positive, scores):7.4f} {above[found.positive].mean():7.3f} {least:9.3f} {by_kind}", flush=True)


def calibrate(name, least, judged, found):
    """Prints each encoder's threshold with the false positives of `least` on `name`, and what it finds."""
    share = (judged[name][~found.positive] >= least).mean()
    print(f"as many false positives as {name} at {least}: {share:.2%}")
    for other, scores in judged.items():
        at = least if other == name else threshold(scores, found.positive, share)
        found_of = {kind: (scores[found.kinds == kind] > at).mean() for kind in pairs.KINDS}
        print(f"{other:24} {at:.3f} " + " ".join(f"{kind} {value:.3f}" for kind, value in found_of.items()))


def baseline_reports(dialogues, train, found):
    report("hash", baselines.hash_only(found.texts, found.left, found.right), found)
    report("MinHash", baselines.minhash(found.texts, found.left, found.right), found)
    for name, split in (("own", dialogues), ("train", train)):
        documents = [corpus.canonical(d.utterances()) for d in split]
        for words, ngrams in (("TF-IDF", (1, 1)), ("TF-IDF, pairs", (1, 2))):
            if documents:
                report(f"{words} ({name})", baselines.tfidf(found.texts, found.left, found.right, documents, ngram_range=ngrams), found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("split")
    parser.add_argument("--train")
    parser.add_argument("--texts")
    parser.add_argument("--vectors", action="append", default=[], metavar="NAME=FILE.f32")
    parser.add_argument("--at", metavar="NAME=X")
    options = parser.parse_args()
    dialogues = corpus.read(options.split)
    found = Pairs(pairs.labelled(dialogues, SEED))
    if options.texts:
        with open(options.texts, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in found.texts)
    head(found)
    baseline_reports(dialogues, corpus.read(options.train) if options.train else [], found)
    judged = {}
    for name, _, path in (given.partition("=") for given in options.vectors):
        judged[name] = cosine(np.fromfile(path, "<f4").reshape(len(found.texts), -1), found)
        report(name, judged[name], found)
    if options.at:
        name, _, least = options.at.partition("=")
        calibrate(name, float(least), judged, found)


if __name__ == "__main__":
    main()
