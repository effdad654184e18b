"""What the encoder learns from: dialogues with near-duplicates of them, and with others that only look like them."""

import random
from collections import Counter, defaultdict

import numpy as np

import corpus
import features
import variants

COMMON_SHARE = 0.02  # of a corpus' dialogues: a word in fewer is a value
DIFFERENT = 0.5  # the flow distance from which on two dialogues are different ones
MOVED_EACH = 4
SEED = 1


def common_words(corpora):
    """Words without digits in at least COMMON_SHARE of the dialogues of one of the corpora."""
    found = set()
    for dialogues in corpora:
        counts = Counter()
        for dialogue in dialogues:
            counts.update({w for line in corpus.canonical(dialogue.utterances()).split("\n") for w in features.words(line)})
        found |= {w for w, n in counts.items() if n >= COMMON_SHARE * len(dialogues) and not any(c.isdigit() for c in w)}
    return found


class Example:
    """A dialogue with its near-duplicates and with others moved to its places and days."""

    def __init__(self, dialogue, pool, others, read):
        rng = random.Random(f"{SEED} {dialogue.id}")
        self.services, self.flow = dialogue.services, dialogue.flow()
        self.anchor = read(dialogue)
        # Another order of the utterances needs no learning: it gives the same rows.
        made = [variants.swap_values(dialogue, pool, rng), variants.swap_values(dialogue, pool, rng)]
        made += [variants.paraphrase(dialogue, pool, rng, least=0.3) for _ in range(3)]
        for _ in range(2):
            other = variants.paraphrase(dialogue, pool, rng, least=0.3)
            made.append(variants.swap_values(other, pool, rng) if other else None)
        self.positives = [read(d) for d in made if d] or [self.anchor]
        self.negatives = []
        for other in rng.sample(others, min(MOVED_EACH, len(others))):
            moved = variants.with_values_of(other, dialogue)
            if moved and variants.flow_distance(other.flow(), self.flow) >= DIFFERENT:
                self.negatives.append(read(moved))


def of(dialogues, common, table_rows):
    """An Example of each dialogue; texts as (rows, weights)."""
    pool, groups = variants.Pool(dialogues), defaultdict(list)
    for dialogue in dialogues:
        groups[dialogue.services].append(dialogue)

    def read(dialogue):
        found = features.rows(corpus.canonical(dialogue.utterances()), common, table_rows)
        return np.fromiter(found.keys(), np.int64), np.fromiter(found.values(), np.float32)

    return [Example(d, pool, [o for o in groups[d.services] if o is not d], read) for d in dialogues]
