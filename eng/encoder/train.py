"""Trains the built-in encoder and writes its file: a table of rows that a text's words and word pairs are summed from.

usage: python3 eng/encoder/train.py CORPUS... [--out data/encoder/builtin.bin] [--epochs 8]
CORPUS is a folder of Schema-Guided Dialogue, or a file that `generate` wrote. Near-duplicates of each dialogue are made
(variants.py) and drawn together; dialogues of the same services that do something else are pushed apart. HELD dialogues of the
first corpus are not trained on, and judged at the end. Needs Debian's python3-numpy, python3-sklearn and python3-torch; one
thread and fixed seeds, so that the same input gives the same file."""

import argparse
import random
from collections import defaultdict

import numpy as np
import torch

import benchmark
import corpus
import encoderfile
import examples
import features
import pairs
import variants

ROWS, DIMENSION = 28 * 1024, 256
TEMPERATURE = 0.05
GROUPS, EACH, LEAST = 12, 6, 8  # a batch: at most GROUPS groups of EACH dialogues of the same services, and LEAST in all
RATE = 1e-3
HELD = 200
SEED = 1


def initial_table(found, rng):
    """Random directions, as long as a row is rare (IDF over all dialogues read)."""
    frequency = np.zeros(ROWS)
    for example in found:
        frequency[example.anchor[0]] += 1
    idf = np.log((1 + len(found)) / (1 + frequency)) + 1
    directions = rng.standard_normal((ROWS, DIMENSION)).astype(np.float32)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    return directions * (idf / idf.max())[:, None].astype(np.float32)


def encode(table, texts):
    ids = torch.from_numpy(np.concatenate([t[0] for t in texts]))
    weights = torch.from_numpy(np.concatenate([t[1] for t in texts]))
    starts = torch.from_numpy(np.cumsum([0] + [len(t[0]) for t in texts[:-1]]))
    sums = torch.nn.functional.embedding_bag(ids, table, starts, mode="sum", per_sample_weights=weights)
    return torch.nn.functional.normalize(sums, dim=1)


def batches(found, rng):
    groups = defaultdict(list)
    for example in found:
        groups[example.services].append(example)
    parts = []
    for group in groups.values():
        rng.shuffle(group)
        parts += [group[i:i + EACH] for i in range(0, len(group), EACH)]
    rng.shuffle(parts)
    for i in range(0, len(parts), GROUPS):
        batch = [example for part in parts[i:i + GROUPS] for example in part]
        if len(batch) >= LEAST:
            yield batch


def loss_of(table, batch, rng):
    """Each dialogue has to find its near-duplicate among those of the batch and the moved ones (InfoNCE; van den Oord et al.,
    2018). Others that do much the same as it do not count."""
    anchors = encode(table, [e.anchor for e in batch])
    positives = encode(table, [rng.choice(e.positives) for e in batch])
    moved = [rng.choice(e.negatives) for e in batch if e.negatives]
    skip = torch.zeros(len(batch), len(batch), dtype=torch.bool)
    for i, a in enumerate(batch):
        for j, b in enumerate(batch):
            skip[i, j] = i != j and a.services == b.services and variants.flow_distance(a.flow, b.flow) < examples.DIFFERENT
    scores = [(anchors @ positives.T).masked_fill(skip, -1)]
    if moved:
        scores.append(anchors @ encode(table, moved).T)
    return torch.nn.functional.cross_entropy(torch.cat(scores, 1) / TEMPERATURE, torch.arange(len(batch)))


def train(found, epochs):
    """The mean of the tables after each epoch of the second half: steadier than the last one (Izmailov et al., 2018)."""
    rng = random.Random(SEED)
    table = torch.from_numpy(initial_table(found, np.random.default_rng(SEED))).requires_grad_()
    optimiser = torch.optim.Adam([table], lr=RATE)
    kept = []
    for epoch in range(epochs):
        losses = []
        for batch in batches(found, rng):
            loss = loss_of(table, batch, rng)
            losses.append(loss.item())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)
        if 2 * (epoch + 1) > epochs:
            kept.append(table.detach().numpy().copy())
    return np.mean(kept, axis=0)


def judge(path, held):
    table, common = encoderfile.read(path)
    found = benchmark.Pairs(pairs.labelled(held, SEED))
    benchmark.head(found)
    benchmark.report("held out", benchmark.cosine(encoderfile.vectors(table, common, found.texts), found), found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", metavar="CORPUS")
    parser.add_argument("--out", default="data/encoder/builtin.bin")
    parser.add_argument("--epochs", type=int, default=8)
    options = parser.parse_args()
    torch.set_num_threads(1)
    corpora = [corpus.read(path) for path in options.corpora]
    random.Random(SEED).shuffle(corpora[0])
    held, corpora[0] = corpora[0][:HELD], corpora[0][HELD:]
    words = examples.common_words(corpora)
    hashes = {features.fnv1a(word) for word in words}
    found = [example for dialogues in corpora for example in examples.of(dialogues, hashes, ROWS)]
    print(f"{len(found)} dialogues, {len(words)} common words", flush=True)
    encoderfile.write(options.out, encoderfile.quantised(train(found, options.epochs)), words)
    judge(options.out, held)


if __name__ == "__main__":
    main()
