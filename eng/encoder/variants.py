"""Near-duplicates of a dialogue, and what only looks like one. Every function is a pure function of its `random.Random`."""

import re
from collections import defaultdict

from corpus import SYSTEM, USER, Dialogue, Turn

# Slots that say where and when: what a hard negative shares with the dialogue it is compared with.
PLACE_AND_DAY = re.compile(r"city|location|area|destination|origin|departure|where_to|from|to_|date|day|region")


class Pool:
    """What a split's dialogues say: turns by signature, values by slot."""

    def __init__(self, dialogues):
        self.turns = defaultdict(dict)
        self.values = defaultdict(dict)
        for dialogue in dialogues:
            for turn in dialogue.turns:
                key = tuple(p if isinstance(p, str) else p[:3] for p in turn.pieces)
                self.turns[turn.signature].setdefault(str(key).lower(), (dialogue.id, turn))
                for piece in turn.pieces:
                    if not isinstance(piece, str):
                        self.values[piece[0], piece[1]].setdefault(piece[3].lower(), piece[3])
        self.turns = {signature: list(found.values()) for signature, found in self.turns.items()}
        self.values = {slot: list(found.values()) for slot, found in self.values.items()}


def _with(dialogue, turns, kind):
    return Dialogue(f"{dialogue.id}/{kind}", turns, dialogue.services, dialogue.intents, dialogue.goal)


def copy(dialogue, rng):
    """The same words in another case and spacing."""
    turns = []
    for turn in dialogue.turns:
        style = rng.choice([str.upper, str.lower, str.title, str.swapcase])
        text = re.sub(" ", lambda _: rng.choice([" ", "  ", "\t", " "]), turn.text())
        turns.append(Turn(turn.speaker, turn.services, turn.acts, [style(text)], turn.signature, turn.flow))
    return _with(dialogue, turns, "copy")


def swap_values(dialogue, pool, rng):
    """The same dialogue about other cities, times and names; None where nothing can be swapped."""
    new = {}
    for turn in dialogue.turns:
        for piece in turn.pieces:
            if isinstance(piece, str) or piece[3].lower() in new:
                continue
            others = [v for v in pool.values.get(piece[:2], []) if v.lower() != piece[3].lower()]
            if others:
                new[piece[3].lower()] = rng.choice(others)
    return _with(dialogue, [_replace(t, new) for t in dialogue.turns], "values") if new else None


def _replace(turn, new):
    """`new` gives words for words, lower case; where they stand outside a hole, long ones are replaced too."""
    long = sorted((v for v in new if len(v) > 3), key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, long)) + r")(?!\w)", re.I) if long else None
    pieces = []
    for piece in turn.pieces:
        if not isinstance(piece, str):
            pieces.append((*piece[:3], new.get(piece[3].lower(), piece[3])))
        else:
            pieces.append(pattern.sub(lambda m: new[m.group().lower()], piece) if pattern else piece)
    return Turn(turn.speaker, turn.services, turn.acts, pieces, turn.signature, turn.flow)


def paraphrase(dialogue, pool, rng, least=0.5):
    """The same acts and values in the words of other dialogues; None where less than `least` of the turns have others."""
    turns, changed = [], 0
    for turn in dialogue.turns:
        mine = {p[:3]: p[3] for p in turn.pieces if not isinstance(p, str)}
        own = turn.text().lower()
        others = [t for source, t in pool.turns.get(turn.signature, []) if source != dialogue.id.split("/")[0]]
        rng.shuffle(others)
        chosen = turn
        for other in others[:8]:
            if all(isinstance(p, str) or p[:3] in mine for p in other.pieces):
                said = [p if isinstance(p, str) else (*p[:3], mine[p[:3]]) for p in other.pieces]
                candidate = Turn(turn.speaker, turn.services, turn.acts, said, turn.signature, turn.flow)
                if candidate.text().lower() != own:
                    chosen = candidate
                    changed += 1
                    break
        turns.append(chosen)
    return _with(dialogue, turns, "paraphrase") if changed >= least * len(turns) else None


def _exchanges(turns):
    """Pairs of a user's turn and the answer; None where the speakers do not alternate."""
    pairs = [turns[i:i + 2] for i in range(0, len(turns), 2)]
    return pairs if all(p[0].speaker == USER and (len(p) == 1 or p[1].speaker == SYSTEM) for p in pairs) else None


def _is_side_topic(exchange):
    acts = {a[1] for turn in exchange for a in turn.acts}
    return len(exchange) == 2 and "REQUEST" in {a[1] for a in exchange[0].acts} and acts <= {"REQUEST", "INFORM"} \
        and all(a[1] == "INFORM" for a in exchange[1].acts)


def reorder(dialogue, rng):
    """Whole topics, or side questions with their answers, in another order; None where there is nothing to move."""
    pairs = _exchanges(dialogue.turns)
    if pairs is None or len(pairs) < 4:
        return None
    moved = _swap_topics(pairs, rng) or _move_side_topics(pairs, rng)
    return _with(dialogue, [t for p in moved for t in p], "reorder") if moved else None


def _swap_topics(pairs, rng):
    blocks, closing = [], []
    for pair in pairs:
        service = pair[0].services[0] if pair[0].services else None
        closes = {a[1] for a in pair[0].acts} <= {"THANK_YOU", "THANK", "GOODBYE", "NEGATE", "BYE"}
        if closes and pair is pairs[-1]:
            closing.append(pair)
        elif blocks and blocks[-1][0] == service:
            blocks[-1][1].append(pair)
        else:
            blocks.append((service, [pair]))
    if len(blocks) < 2:
        return None
    order = blocks[:]
    while order == blocks:
        rng.shuffle(order)
    return [p for _, block in order for p in block] + closing


def _move_side_topics(pairs, rng):
    side = [i for i in range(1, len(pairs) - 1) if _is_side_topic(pairs[i])]
    if not side:
        return None
    moved = list(pairs)
    for i in side[:2]:
        pair = pairs[i]
        at = moved.index(pair)
        places = [p for p in range(1, len(pairs) - 1) if abs(p - at) >= 2]
        if places:
            moved.remove(pair)
            moved.insert(rng.choice(places), pair)
    return moved if moved != pairs else None


def with_values_of(dialogue, other):
    """`dialogue` moved to the places and days of `other`, slot by slot."""
    theirs = {}
    for turn in other.turns:
        for piece in turn.pieces:
            if not isinstance(piece, str) and PLACE_AND_DAY.search(piece[1]):
                theirs.setdefault(piece[:2], piece[3])
    new = {}
    for turn in dialogue.turns:
        for piece in turn.pieces:
            if not isinstance(piece, str) and piece[:2] in theirs:
                new.setdefault(piece[3].lower(), theirs[piece[:2]])
    return _with(dialogue, [_replace(t, new) for t in dialogue.turns], "shared") if new else None


def flow_distance(a, b):
    """Edit distance of two sequences of turns (acts and slots), by the longer one's length: 0 equal, 1 nothing in common."""
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (x != y)))
        previous = row
    return previous[-1] / max(len(a), len(b), 1)


def goal_overlap(a, b):
    """Share of the two goals' constraints that both have (Jaccard)."""
    return len(a.goal & b.goal) / max(1, len(a.goal | b.goal))
