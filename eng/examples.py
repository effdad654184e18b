#!/usr/bin/env python3
"""Writes docs/examples.md from a run's output: eng/examples.py generated_dialogues.json > docs/examples.md"""
import json
import sys

dialogues = json.load(open(sys.argv[1], encoding="utf-8"))[:10]
print("# Ten dialogues of the simulator\n")
print("The first ten of `dotnet run --project cli -- generate --total_generations 300`, unpicked (ordinals 0 to 9); written by")
print("`eng/examples.py`. They show what the offline simulator says; with a model, the same blueprints get the model's words.")
for dialogue in dialogues:
    print(f"\n## {dialogue['provenance']['ordinal']}: {dialogue['scenario_category']}, {dialogue['resolution_status']}\n")
    print(f"*{' + '.join(dialogue['services'])} · {dialogue['regions'][0]} · {dialogue['time_slot']} · user {dialogue['user_emotions'][0]}, "
          f"assistant {dialogue['assistant_emotions'][0]}*\n")
    print(f"> {dialogue['generated_scenario']}\n")
    for turn in dialogue["turns"]:
        print(f"- **User** ({turn['intent']}, {turn['emotion']}): {turn['utterance']}")
        print(f"- **Assistant**: {turn['assistant_response']}")
