"""Checks a run's files from outside the product, with nothing but Python's standard library.

check_dialogues.py FOLDER N THRESHOLD MODE MIN_TURNS MAX_TURNS
Prints "ok" and figures, or one line a fault and exits with 1.
"""
import ast
import hashlib
import json
import math
import struct
import sys
import unicodedata

DIALOGUE = {
    "services", "dialogue_id", "turns", "num_lines", "user_emotions", "assistant_emotions", "scenario_category",
    "generated_scenario", "time_slot", "regions", "resolution_status", "persona", "provenance",
}
TURN = {"turn_number", "utterance", "intent", "assistant_response", "emotion", "assistant_emotion"}
PROVENANCE = {
    "run", "ordinal", "attempt", "seed_dialogue", "persona_id", "mode", "annotations", "model", "endpoint", "temperature",
    "top_p", "frequency_penalty", "presence_penalty", "prompt_version", "request_hash", "prompt_tokens",
    "completion_tokens", "cost",
}
NEIGHBOUR = {"nearest_neighbour", "nearest_cosine"}
RESOLUTIONS = {"Resolved", "Failed", "Escalated"}

faults = []


def check(holds, *what):
    if not holds:
        faults.append(" ".join(str(part) for part in what))


def check_spans(where, text, frame):
    last = {}
    for span in frame["slots"]:
        start, end = span["start"], span["exclusive_end"]
        check(0 <= start < end <= len(text) and text[start:end] == span["value"],
              where, span["slot"], repr(span["value"]), "is not", repr(text[start:end]))
        check(span["slot"].startswith(frame["service"] + "-"), where, "a span of", span["slot"], "in", frame["service"])
        last.setdefault(span["slot"], []).append(span["value"])
    return last


def check_acts(where, frame, spans):
    for action in frame["actions"]:
        check(set(action) == {"act", "slot", "values"}, where, "an action has", sorted(action))
        if action["values"] and action["act"] != "SELECT":
            check(len(action["values"]) == 1, where, "several values", action)
            said = [value.casefold() for value in spans.get(action["slot"], [])]
            value = action["values"][0].casefold()
            # Numbers and times may be said in other words; every other value stands there as it is.
            check(said and (value in said or value[:1].isdigit()), where, action, "has no span among", said)


def check_frames(where, turn, state):
    users = {frame["service"]: frame for frame in turn["user_frames"]}
    check(len(users) == len(turn["user_frames"]), where, "has two user frames of one service")
    for service, frame in users.items():
        check(set(frame) == {"service", "actions", "slots", "state"}, where, "user frame has", sorted(frame))
        check_acts(where + " user", frame, check_spans(where + " user", turn["utterance"], frame))
        heard = state.setdefault(service, {})
        for action in frame["actions"]:
            if action["act"] in ("INFORM", "SELECT") and action["slot"] and action["values"]:
                heard[action["slot"]] = action["values"]
        check(frame["state"]["slot_values"] == heard, where, service, "state", frame["state"]["slot_values"], "is not", heard)
        asked = [action["slot"] for action in frame["actions"] if action["act"] == "REQUEST"]
        check(frame["state"]["requested_slots"] == asked, where, "requested", frame["state"]["requested_slots"], "not", asked)
    check(set(state) == set(users), where, "frames of", sorted(users), "after talk of", sorted(state))
    intents = {frame["state"]["active_intent"] for frame in users.values()}
    check(intents - {"NONE"} <= {turn["intent"]}, where, "active intents", intents, "but intent", turn["intent"])
    for frame in turn["assistant_frames"]:
        check(set(frame) == {"service", "actions", "slots"}, where, "assistant frame has", sorted(frame))
        check_acts(where + " assistant", frame, check_spans(where + " assistant", turn["assistant_response"], frame))


def check_dialogue(dialogue, mode, least, most):
    where = dialogue.get("dialogue_id", "?")
    expected = DIALOGUE | ({"goal"} if mode == "outline" else set())
    check(set(dialogue) == expected, where, "fields differ:", sorted(set(dialogue) ^ expected))
    provenance = dialogue["provenance"]
    check(set(provenance) - NEIGHBOUR == PROVENANCE, where, "provenance differs:", sorted(set(provenance) ^ PROVENANCE))
    check(provenance["mode"] == mode, where, "mode", provenance["mode"])
    check(provenance["annotations"] == ("aligned" if mode == "outline" else "unverified"), where, provenance["annotations"])
    check(dialogue["num_lines"] == len(dialogue["turns"]) and least <= len(dialogue["turns"]) <= most,
          where, "has", len(dialogue["turns"]), "exchanges, num_lines", dialogue["num_lines"])
    check(dialogue["scenario_category"].split(".")[0] in dialogue["services"] + ["general"],
          where, dialogue["scenario_category"], "is not of", dialogue["services"])
    check(dialogue["resolution_status"] in RESOLUTIONS, where, dialogue["resolution_status"])
    check(all(dialogue[field] for field in ("services", "regions", "user_emotions", "assistant_emotions",
                                            "generated_scenario", "time_slot")), where, "has an empty field")
    state = {}
    for number, turn in enumerate(dialogue["turns"], 1):
        place = f"{where} turn {number}"
        frames = {"user_frames", "assistant_frames"} if mode == "outline" else set()
        check(set(turn) == TURN | frames, place, "fields differ:", sorted(set(turn) ^ (TURN | frames)))
        check(turn["turn_number"] == number, place, "is numbered", turn["turn_number"])
        check(turn["utterance"].strip() and turn["assistant_response"].strip() and turn["intent"], place, "is empty")
        if mode == "outline":
            check_frames(place, turn, state)
    if mode == "outline":
        check_ending(dialogue, where)


def check_ending(dialogue, where):
    """Resolved reaches the goal, Failed shows why not, Escalated hands over; and the goal says the same."""
    primary = [task for task in dialogue["goal"]["tasks"] if task["primary"]]
    check(len(primary) == 1, where, "has", len(primary), "primary tasks")
    task, status = primary[0], dialogue["resolution_status"]
    check(task["outcome"] == status, where, "task", task["outcome"], "dialogue", status)
    check(f'{task["service"]}.{task["category"]}' == dialogue["scenario_category"], where, task, dialogue["scenario_category"])
    check(("obstacle" in task) == (status != "Resolved"), where, status, "obstacle", task.get("obstacle"))
    acts = [action["act"] for turn in dialogue["turns"] for frame in turn["assistant_frames"]
            if frame["service"] == task["service"] for action in frame["actions"]]
    check((status == "Escalated") == ("ESCALATE" in acts), where, status, "acts", sorted(set(acts)))
    check(status != "Failed" or "NOTIFY_FAILURE" in acts, where, "failed without a notice")
    final = dialogue["turns"][-1]["user_frames"]
    stated = {slot.split("-", 1)[1]: values for frame in final if frame["service"] == task["service"]
              for slot, values in frame["state"]["slot_values"].items()}
    if status == "Resolved":
        for slot, value in task["constraints"].items():
            check(stated.get(slot) == [value], where, "the goal wants", slot, "=", value, "and the state ends with", stated.get(slot))


def lower(character):
    small = character.lower()
    return small if len(small) == 1 else character


def canonical(dialogue):
    return "\n".join(canonical_utterance(text) for turn in dialogue["turns"] for text in (turn["utterance"], turn["assistant_response"]))


def canonical_utterance(text):
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    for _ in range(2):
        text = "".join(lower(c) for c in unicodedata.normalize("NFKC", text))
    for these, one in (("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc`", "'"), ("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
                       ("\u2010\u2012\u2013\u2014\u2015\u2212", "-")):
        for c in these:
            text = text.replace(c, one)
    return " ".join(text.split())


def read_npy(path):
    with open(path, "rb") as file:
        content = file.read()
    check(content[:8] == b"\x93NUMPY\x01\x00", "the array does not begin as NumPy's do")
    length = struct.unpack("<H", content[8:10])[0]
    header = ast.literal_eval(content[10:10 + length].decode("ascii"))
    check((10 + length) % 64 == 0 and content[9 + length:10 + length] == b"\n", "the array's header is not aligned")
    check(header["descr"] == "<f4" and header["fortran_order"] is False, "the array is", header)
    rows, columns = header["shape"]
    values = struct.unpack(f"<{rows * columns}f", content[10 + length:])
    return [values[i * columns:(i + 1) * columns] for i in range(rows)]


def check_vectors(vectors, dialogues, threshold):
    check(len(vectors) == len(dialogues), len(vectors), "vectors of", len(dialogues), "dialogues")
    for row, vector in enumerate(vectors):
        check(abs(math.sqrt(math.fsum(x * x for x in vector)) - 1) < 1e-5, "row", row, "is no unit vector")
    greatest = 0.0
    for i, a in enumerate(vectors):
        for j in range(i):
            cosine = sum(map(float.__mul__, a, vectors[j]))
            greatest = max(greatest, cosine)
            check(cosine < threshold, dialogues[i]["dialogue_id"], "and", dialogues[j]["dialogue_id"], "have cosine", cosine)
    return greatest


def main():
    folder, total, threshold, mode, least, most = sys.argv[1:]
    with open(f"{folder}/generated_dialogues.json", encoding="utf-8") as file:
        dialogues = json.load(file)
    with open(f"{folder}/dialogue_hashes.json", encoding="utf-8") as file:
        hashes = json.load(file)
    check(len(dialogues) == int(total), len(dialogues), "dialogues, not", total)
    check(len({dialogue["dialogue_id"] for dialogue in dialogues}) == len(dialogues), "ids are not unique")
    check([dialogue["provenance"]["ordinal"] for dialogue in dialogues] == list(range(int(total))), "ordinals are not 0..N-1")
    for dialogue in dialogues:
        check_dialogue(dialogue, mode, int(least), int(most))
    check(sum(NEIGHBOUR <= set(dialogue["provenance"]) for dialogue in dialogues) == len(dialogues) - 1,
          "all but the first have a nearest neighbour")
    digests = [hashlib.sha256(canonical(dialogue).encode("utf-8")).hexdigest() for dialogue in dialogues]
    check(hashes == digests, "hashes are not those of the texts at", [i for i, pair in enumerate(zip(hashes, digests)) if pair[0] != pair[1]])
    check(len(set(hashes)) == len(hashes), "hashes are not unique")
    greatest = check_vectors(read_npy(f"{folder}/dialogue_embeddings.npy"), dialogues, float(threshold))
    if faults:
        print("\n".join(faults[:40]))
        sys.exit(1)
    spans = [(turn[text], span) for dialogue in dialogues for turn in dialogue["turns"]
             for text, frames in (("utterance", "user_frames"), ("assistant_response", "assistant_frames"))
             for frame in turn.get(frames, []) for span in frame["slots"]]
    wide = sum(any(ord(c) > 0xffff for c in text[:span["start"] + len(span["value"])]) for text, span in spans)
    print(f"ok dialogues={len(dialogues)} spans={len(spans)} spans_after_wide={wide} greatest_cosine={greatest:.4f}")


main()
