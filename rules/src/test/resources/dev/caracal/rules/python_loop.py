"""Every rule on every event in a plain loop of CPython, with the event as rules see it in Caracal.

    python3 python_loop.py FOLDER ROUNDS

FOLDER holds caracal/ (Caracal's Python files), bundle.json and events.jsonl. Prints JSON: the CPU
seconds of each round, and of the first one the hits, "position rule" or "position rule error".
"""

import json
import os
import sys
import time

folder, rounds = sys.argv[1], int(sys.argv[2])
here = globals()
sources = {}
strings, counters, dictionaries = {}, {}, {}
with open(os.path.join(folder, "bundle.json"), encoding="utf-8") as file:
    bundle = json.load(file)


def country_codes():
    return bundle["countries"]


def rule_cache(operation, key, argument, expiry):
    if operation == "get_strings":
        return list(strings.get(key, ()))
    if operation == "put_strings":
        strings[key] = set(argument)
    elif operation == "add_strings":
        strings[key] = strings.get(key, set()) | set(argument)
        return list(strings[key])
    elif operation == "remove_strings":
        strings[key] = strings.get(key, set()) - set(argument)
        return list(strings[key])
    elif operation == "get_counter":
        return counters.get(key, 0)
    elif operation == "increment_counter":
        counters[key] = counters.get(key, 0) + argument
        return counters[key]
    elif operation == "get_dictionary":
        return dictionaries.get(key, "{}")
    elif operation == "put_dictionary":
        dictionaries[key] = argument
    elif operation == "reset":
        for store in (strings, counters, dictionaries):
            store.pop(key, None)
    return ""


def find_row(table, key):
    return None


def run(name):
    path = os.path.join(folder, "caracal", name)
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), name, "exec"), here)


ARRAY_MARK = "no array is marked here"
run("event.py")


def code_of(source, path):
    """As CPython compiles it: what Caracal reproduces is not for the peer."""
    return compile(source, path, "exec", dont_inherit=True)


run("modules.py")
run("judge.py")
own = os.path.join(folder, "caracal", "python")
for base, _, files in os.walk(own):
    for file in files:
        if file.endswith(".py"):
            path = os.path.relpath(os.path.join(base, file), own)
            is_package = file == "__init__.py"
            name = path[:-3].replace("/__init__", "").replace("/", ".")
            with open(os.path.join(base, file), encoding="utf-8") as text:
                modules.add(name, path, text.read(), is_package)
# Before the packages of this machine: the same modules as in Caracal.
sys.meta_path.remove(modules)
sys.meta_path.insert(0, modules)
run("data_model.py")

for name, path, source in bundle["globals"]:
    modules.add(name, path, source, False)
models = [compile_data_model(*model[1:]) for model in bundle["dataModels"]]
set_data_models([model[0] for model in bundle["dataModels"]], models)
rules = [compile_rule(*rule) for rule in bundle["rules"]]
failed = [thing for thing in rules + models if isinstance(thing, str)]
if failed:
    sys.exit("cannot be loaded: " + failed[0])
with open(os.path.join(folder, "events.jsonl"), encoding="utf-8") as file:
    events = file.read().splitlines()

seconds, hits = [], []
for number in range(rounds):
    start = time.process_time()
    outcomes = []
    for position, text in enumerate(events):
        event = PantherEvent(json.loads(text))
        for rule in rules:
            outcome = rule.judge(event)
            if outcome is not None:
                outcomes.append((position, outcome))
    seconds.append(time.process_time() - start)
    if number == 0:
        hits = ["%d %s%s" % (p, o["rule"], " error" if "error" in o else "") for p, o in outcomes]
print(json.dumps({"seconds": seconds, "hits": hits}))
