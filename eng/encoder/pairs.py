"""The benchmark's labelled pairs, from the dialogues of one split."""

import itertools
import random
from collections import defaultdict

import variants
from corpus import canonical

KINDS = ("copy", "values", "paraphrase", "reorder")

# From where on two dialogues of the same services and intents are different ones: half of the turns do something else, and
# less than half of the constraints are the same. What lies below is neither: it is left out.
LEAST_FLOW_DISTANCE = 0.5
MOST_GOAL_OVERLAP = 0.5
NEGATIVES_EACH = 12


def positives(dialogues, pool, seed):
    """(kind, dialogue, near-duplicate) for every kind that the dialogue has."""
    for dialogue in dialogues:
        rng = random.Random(f"{seed} {dialogue.id}")
        found = {
            "copy": variants.copy(dialogue, rng),
            "values": variants.swap_values(dialogue, pool, rng),
            "paraphrase": variants.paraphrase(dialogue, pool, rng),
            "reorder": variants.reorder(dialogue, rng),
        }
        for kind in KINDS:
            if found[kind] is not None:
                yield kind, dialogue, found[kind]


def negatives(dialogues, seed):
    """("other", a, b) and ("shared", a, b moved to a's places and days): same services and intents, other goal and flow."""
    groups = defaultdict(list)
    for dialogue in dialogues:
        groups[dialogue.services, dialogue.intents].append(dialogue)
    for group in groups.values():
        rng = random.Random(f"{seed} {group[0].id}")
        pairs = list(itertools.combinations(group, 2))
        rng.shuffle(pairs)
        left = NEGATIVES_EACH * len(group)
        for a, b in pairs:
            if left == 0:
                break
            if variants.flow_distance(a.flow(), b.flow()) < LEAST_FLOW_DISTANCE or variants.goal_overlap(a, b) >= MOST_GOAL_OVERLAP:
                continue
            left -= 1
            shared = variants.with_values_of(b, a) if left % 2 else None
            yield ("shared", a, shared) if shared else ("other", a, b)


def labelled(dialogues, seed):
    """[(kind, is a near-duplicate, text, text)], texts as the product compares them."""
    pool = variants.Pool(dialogues)
    found = [(kind, True, a, b) for kind, a, b in positives(dialogues, pool, seed)]
    found += [(kind, False, a, b) for kind, a, b in negatives(dialogues, seed)]
    texts = {}

    def text(dialogue):
        if id(dialogue) not in texts:
            texts[id(dialogue)] = canonical(dialogue.utterances())
        return texts[id(dialogue)]

    return [(kind, positive, text(a), text(b)) for kind, positive, a, b in found]
