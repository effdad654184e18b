"""Converts the sample dialogues' source text into a corpus in MultiWOZ 2.2 form.

    python3 eng/sample/convert.py        writes data/sample/{schema.json, dialog_acts.json, train/}

A dialogue is a head line and a line per utterance:

    ## S001 train,taxi resolved ticket_booking,ride_booking
    U train.book_train | I need a train to {destination:Yokohama} for {people:two=2} of us.
    S | There's one at {leave:09:15}. | offer
    U | Fine, that one. | select

`{slot:text}` marks a span, `{service.slot:text=value}` one of another service whose state value is not its text. The
service and the intent hold until a line names others. Spans are informed unless the third field says otherwise; it lists
acts, separated by semicolons, an act alone taking all spans of the utterance:

    request, confirm, offer, book, nobook [slots]; affirm; negate; alts; select [service] (the last offer goes into the state);
    copy SLOT SERVICE.SLOT; inform (beside other acts); thank; bye; reqmore; ack; escalate
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "eng" / "sample" / "dialogues"
TARGET = ROOT / "data" / "sample"
PER_FILE = 45
SPAN = re.compile(r"\{(?:([a-z]+)\.)?([a-z]+):([^{}]*)\}")
RESOLUTIONS = {"resolved", "failed", "escalated"}
BOOKING = {"restaurant", "hotel"}
GENERAL = {"thank": "general-thank", "bye": "general-bye", "reqmore": "general-reqmore", "ack": "general-welcome"}
SLOT_ACTS = {"offer", "confirm", "book", "nobook"}
BARE_ACTS = {"affirm": "Affirm", "negate": "Negate", "alts": "Request_Alts", "escalate": "Escalate", "select": "Select"}


def act_name(act, service):
    """The act's name as MultiWOZ has it, or in its manner where it has none."""
    if act == "book":
        return "Booking-Book" if service in BOOKING else f"{service.title()}-OfferBooked"
    if act == "nobook":
        return "Booking-NoBook" if service in BOOKING else f"{service.title()}-NoOffer"
    known = {"offer": "Recommend", "confirm": "Confirm", "inform": "Inform", "request": "Request"} | BARE_ACTS
    return f"{service.title()}-{known[act]}"


def read_utterance(marked, service):
    """The plain text and its spans: (service, slot, text, state value, start, exclusive end)."""
    plain, spans, end = "", [], 0
    for match in SPAN.finditer(marked):
        plain += marked[end:match.start()]
        text, _, value = match[3].partition("=")
        spans.append((match[1] or service, match[2], text, (value or text).lower(), len(plain), len(plain) + len(text)))
        plain += text
        end = match.end()
    plain += marked[end:]
    if re.search(r"[{}|]", plain):
        raise ValueError(f"stray markup in: {plain}")
    return plain, spans


class Dialogue:
    """One dialogue while it is read line by line."""

    def __init__(self, head):
        _, self.id, services, self.resolution, categories = head.split()
        self.services = services.split(",")
        self.categories = categories.split(",")
        self.turns, self.acts = [], {}
        self.state, self.offers = {}, {}
        self.service, self.intent = self.services[0], {}
        if self.resolution not in RESOLUTIONS:
            raise ValueError(f"unknown resolution {self.resolution}")

    def add(self, line):
        fields = [f.strip() for f in line.split("|")]
        speaker, _, topic = fields[0].partition(" ")
        is_user = speaker == "U"
        if is_user != (len(self.turns) % 2 == 0):
            raise ValueError(f"speakers do not alternate: {line}")
        if topic:
            self.service, _, intent = topic.partition(".")
            if self.service not in self.services:
                raise ValueError(f"service {self.service} is not listed: {line}")
            if intent:
                self.intent[self.service] = intent
        text, spans = read_utterance(fields[1], self.service)
        commands = [c.split() for c in fields[2].split(";")] if len(fields) > 2 else []
        turn_id = str(len(self.turns))
        if is_user:
            self.track(commands, spans)
        self.acts[turn_id] = self.annotate(commands, spans, is_user)
        self.turns.append({
            "turn_id": turn_id,
            "speaker": "USER" if is_user else "SYSTEM",
            "utterance": text,
            "frames": self.frames(commands, spans, is_user),
        })

    def locate(self, name):
        service, _, slot = name.rpartition(".")
        return service or self.service, slot

    def chosen(self, arguments, spans):
        """The spans that an act takes: all of them, or those of the slots that it names."""
        if not arguments:
            return list(spans)
        wanted = [self.locate(a) for a in arguments]
        taken = [s for s in spans if (s[0], s[1]) in wanted]
        if {(s[0], s[1]) for s in taken} != set(wanted):
            raise ValueError(f"{arguments} are not all in the utterance")
        return taken

    def annotate(self, commands, spans, is_user):
        acts, located, left = {}, [], list(spans)

        def put(name, pairs):
            acts.setdefault(name, []).extend(pairs)

        for verb, *arguments in commands:
            if verb in SLOT_ACTS:
                if is_user:
                    raise ValueError(f"{verb} is the system's act")
                taken = self.chosen(arguments, left)
                for service in dict.fromkeys(s[0] for s in taken) if taken else [self.service]:
                    mine = [s for s in taken if s[0] == service]
                    name = act_name(verb, service)
                    put(name, [[s[1], s[2]] for s in mine] or [["none", "none"]])
                    located += [[name, s[1], s[2], s[4], s[5]] for s in mine]
                    if verb == "offer":
                        self.offers[service] = {s[1]: s[3] for s in mine}
                left = [s for s in left if s not in taken]
            elif verb == "request":
                for service, slot in map(self.locate, arguments):
                    put(act_name("request", service), [[slot, "?"]])
            elif verb in BARE_ACTS:
                put(act_name(verb, arguments[0] if arguments else self.service), [["none", "none"]])
            elif verb in GENERAL:
                put(GENERAL[verb], [["none", "none"]])
            elif verb == "inform" and not spans:
                put(act_name("inform", self.service), [["none", "none"]])
            elif verb not in ("copy", "inform"):
                raise ValueError(f"unknown act {verb}")
        for service, slot, text, _, start, end in left:
            put(act_name("inform", service), [[slot, text]])
            located.append([act_name("inform", service), slot, text, start, end])
        for verb, *arguments in commands:
            if verb == "copy":
                service, slot = self.locate(arguments[0])
                put(act_name("inform", service), [[slot, self.state[self.locate(arguments[1])]]])
        if not acts:
            put(act_name("inform", self.service), [["none", "none"]])
        return {"dialog_act": acts, "span_info": sorted(located, key=lambda s: s[3])}

    def track(self, commands, spans):
        for verb, *arguments in commands:
            if verb == "select":
                service = arguments[0] if arguments else self.service
                if not self.offers.get(service):
                    raise ValueError("nothing was offered")
                for slot, value in self.offers[service].items():
                    self.state[(service, slot)] = value
            elif verb == "copy":
                self.state[self.locate(arguments[0])] = self.state[self.locate(arguments[1])]
        for service, slot, _, value, _, _ in spans:
            self.state[(service, slot)] = value

    def frames(self, commands, spans, is_user):
        copies = [(self.locate(c[1]), self.locate(c[2])) for c in commands if c[0] == "copy"]
        touched = {s[0] for s in spans}
        if is_user:
            touched |= {self.service} | set(self.intent) | {service for service, _ in self.state}
        frames = []
        for service in [s for s in self.services if s in touched]:
            slots = [
                {"slot": f"{s[0]}-{s[1]}", "start": s[4], "exclusive_end": s[5], "value": s[2]} for s in spans if s[0] == service
            ] + [
                {"slot": "-".join(to), "copy_from": "-".join(of), "value": [self.state[of]]} for to, of in copies if to[0] == service
            ]
            frame = {"service": service, "actions": [], "slots": slots}
            if is_user:
                asked = [self.locate(a) for c in commands if c[0] == "request" for a in c[1:]]
                frame["state"] = {
                    "active_intent": self.intent.get(service, "NONE") if service == self.service else "NONE",
                    "requested_slots": [f"{s}-{slot}" for s, slot in asked if s == service],
                    "slot_values": {f"{s}-{slot}": [v] for (s, slot), v in self.state.items() if s == service},
                }
            frames.append(frame)
        return frames

    def close(self):
        if len(self.turns) % 2 or not self.turns:
            raise ValueError("a dialogue ends with the system's turn")
        unused = [s for s in self.services if s not in self.intent]
        if unused:
            raise ValueError(f"no intent for {unused}")
        unlisted = {f["service"] for t in self.turns for f in t["frames"]} - set(self.services)
        if unlisted or any(f for f in self.state if f[0] not in self.services):
            raise ValueError(f"services not listed: {unlisted}")


def read_sources():
    dialogues = []
    for path in sorted(SOURCE.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                if line.startswith("## "):
                    if dialogues:
                        dialogues[-1].close()
                    dialogues.append(Dialogue(line))
                elif line.strip():
                    dialogues[-1].add(line)
            except (ValueError, KeyError, IndexError) as fault:
                sys.exit(f"{path.name}:{number}: {fault}")
    dialogues[-1].close()
    return dialogues


def schema_of(dialogues):
    """The services with the slots and intents that the dialogues use, in order of first use."""
    services = {}
    for dialogue in dialogues:
        for turn, acts in zip(dialogue.turns, dialogue.acts.values()):
            for frame in turn["frames"]:
                slots, intents = services.setdefault(frame["service"], ({}, {}))
                slots.update(dict.fromkeys(s["slot"] for s in frame["slots"]))
                if "state" in frame:
                    slots.update(dict.fromkeys([*frame["state"]["requested_slots"], *frame["state"]["slot_values"]]))
                    intents[frame["state"]["active_intent"]] = None
            for act, pairs in acts["dialog_act"].items():
                service = act.split("-")[0].lower()
                if act.endswith("-Request"):
                    slots, _ = services.setdefault(service, ({}, {}))
                    slots.update(dict.fromkeys(f"{service}-{slot}" for slot, _ in pairs))
    return [
        {
            "service_name": name,
            "description": f"{name} enquiries and bookings",
            "slots": [
                {"name": slot, "description": f"{slot.split('-')[1]} of the {name}", "is_categorical": False} for slot in slots
            ],
            "intents": [
                {
                    "name": intent,
                    "description": intent.replace("_", " "),
                    "is_transactional": intent.split("_")[0] in ("book", "cancel", "change", "modify", "order"),
                    "required_slots": [],
                    "optional_slots": {},
                }
                for intent in intents
                if intent != "NONE"
            ],
        }
        for name, (slots, intents) in services.items()
    ]


def compact(value):
    return json.dumps(value, ensure_ascii=False)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def dialogue_text(dialogue):
    turns = ",\n  ".join(compact(t) for t in dialogue.turns)
    head = f'"dialogue_id": {compact(dialogue.id)}, "services": {compact(dialogue.services)}'
    return f"{{{head}, \"turns\": [\n  {turns}]}}"


def main():
    dialogues = read_sources()
    if len({d.id for d in dialogues}) != len(dialogues):
        sys.exit("dialogue ids repeat")
    for old in (TARGET / "train").glob("dialogues_*.json"):
        old.unlink()
    for first in range(0, len(dialogues), PER_FILE):
        part = dialogues[first:first + PER_FILE]
        name = f"dialogues_{first // PER_FILE + 1:03}.json"
        write(TARGET / "train" / name, "[\n" + ",\n".join(map(dialogue_text, part)) + "\n]")
    acts = ",\n".join(
        f"{compact(d.id)}: {{\n  " + ",\n  ".join(f"{compact(t)}: {compact(a)}" for t, a in d.acts.items()) + "}" for d in dialogues
    )
    write(TARGET / "dialog_acts.json", "{\n" + acts + "\n}")
    write(TARGET / "schema.json", json.dumps(schema_of(dialogues), ensure_ascii=False, indent=1))
    print(f"{len(dialogues)} dialogues, {sum(len(d.turns) for d in dialogues)} turns")


if __name__ == "__main__":
    main()
