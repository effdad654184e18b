"""Dialogues with their acts: read from Schema-Guided Dialogue or from what `generate` writes, as text with holes for values."""

import glob
import json
import os
import re
import unicodedata
from dataclasses import dataclass, field

USER, SYSTEM = "USER", "SYSTEM"

QUOTES = {ord(c): "'" for c in "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc`"}
QUOTES |= {ord(c): '"' for c in "\u201c\u201d\u201e\u201f\u00ab\u00bb"}
QUOTES |= {ord(c): "-" for c in "\u2010\u2012\u2013\u2014\u2015\u2212"}


def canonical(utterances):
    """The text that the product compares: one line an utterance, NFKC, lower case, single spaces, plain quotes and dashes."""
    lines = []
    for text in utterances:
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower()).lower()
        text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
        lines.append(" ".join(text.translate(QUOTES).split()))
    return "\n".join(lines)


@dataclass
class Turn:
    speaker: str
    services: tuple
    acts: tuple  # (service, act, slot, values)
    pieces: list  # str, or (service, slot, index of the value, its words here)
    signature: tuple = None  # what is said, whatever the words and the values: equal for turns that can stand for each other
    flow: tuple = None  # acts and slots only

    def text(self):
        return "".join(p if isinstance(p, str) else p[3] for p in self.pieces)


@dataclass
class Dialogue:
    id: str
    turns: list
    services: tuple
    intents: frozenset
    goal: frozenset  # (service, slot, value)
    extra: dict = field(default_factory=dict)

    def utterances(self):
        return [t.text() for t in self.turns]

    def flow(self):
        return [t.flow for t in self.turns]


def _holes(text, acts, spans):
    """Annotated spans, and values of the acts where they stand in the text word for word; none overlaps another."""
    found = []

    def free(start, end):
        return start < end and all(end <= s or e <= start for s, e, *_ in found)

    def value_index(service, slot, words):
        values = [v for a_service, _, a_slot, a_values in acts if (a_service, a_slot) == (service, slot) for v in a_values]
        folded = [v.lower() for v in values]
        return folded.index(words.lower()) if words.lower() in folded else 0

    for service, slot, start, end in spans:
        if free(start, end) and text[start:end].strip():
            found.append((start, end, service, slot, value_index(service, slot, text[start:end])))
    for service, _, slot, values in acts:
        for index, value in enumerate(values):
            if not value or value in ("True", "False", "dontcare") or any(f[2:4] == (service, slot) for f in found):
                continue
            for match in re.finditer(r"(?<!\w)" + re.escape(value) + r"(?!\w)", text, re.I):
                if free(*match.span()):
                    found.append((*match.span(), service, slot, index))
    return sorted(found)


def make_turn(speaker, text, acts, spans):
    holes = _holes(text, acts, spans)
    pieces, at = [], 0
    for start, end, service, slot, index in holes:
        if start > at:
            pieces.append(text[at:start])
        pieces.append((service, slot, index, text[start:end]))
        at = end
    if at < len(text):
        pieces.append(text[at:])
    located = {(h[2], h[3]) for h in holes}
    signature = tuple(sorted(
        (service, act, slot, len(values) if (service, slot) in located else tuple(values)) for service, act, slot, values in acts))
    signature = tuple(map(str, signature)) + tuple(map(str, sorted(located)))
    flow = (speaker, *sorted({f"{service}:{act}:{slot}" for service, act, slot, _ in acts}))
    services = tuple(dict.fromkeys(a[0] for a in acts))
    return Turn(speaker, services, tuple(acts), pieces, (speaker, *signature), flow)


def _frames(frames, plain):
    acts, spans = [], []
    for frame in frames:
        service = frame["service"]
        for a in frame.get("actions", []):
            acts.append((service, a["act"], plain(a.get("slot", "")), tuple(a.get("values", []))))
        for s in frame.get("slots", []):
            if "start" in s:
                spans.append((service, plain(s["slot"]), s["start"], s["exclusive_end"]))
    return acts, spans


def _state(frames, plain, intents, goal):
    for frame in frames:
        state = frame.get("state") or {}
        if state.get("active_intent", "NONE") not in ("NONE", ""):
            intents.add((frame["service"], state["active_intent"]))
        for slot, values in state.get("slot_values", {}).items():
            if values:
                goal[frame["service"], plain(slot)] = values[0].lower()


def _read(record):
    turns, intents, goal = [], set(), {}

    def plain(slot):
        return slot.rpartition("-")[2]

    for row in record["turns"]:
        if "assistant_response" in row:
            parts = [(USER, row["utterance"], row["user_frames"]), (SYSTEM, row["assistant_response"], row["assistant_frames"])]
        else:
            parts = [(row["speaker"], row["utterance"], row["frames"])]
        for speaker, text, frames in parts:
            acts, spans = _frames(frames, plain)
            turns.append(make_turn(speaker, text, acts, spans))
            _state(frames, plain, intents, goal)
    return Dialogue(
        record["dialogue_id"], turns, tuple(sorted(record["services"])), frozenset(intents),
        frozenset((*key, value) for key, value in goal.items()))


def read(path):
    """Every dialogue of a file, or of a folder's dialogues*.json, in the order of the names."""
    files = sorted(glob.glob(os.path.join(path, "dialogues*.json"))) if os.path.isdir(path) else [path]
    if not files:
        raise SystemExit(f"{path}: no dialogues*.json there")
    dialogues = []
    for name in files:
        with open(name, encoding="utf-8") as file:
            dialogues += [_read(record) for record in json.load(file)]
    return dialogues
