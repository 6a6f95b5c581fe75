"""Rules as modules of their own, and their judgement on events."""

import json
import types

MAX_TEXT = 1000
MAX_CONTEXT = 200 * 1024
MAX_DESTINATIONS = 10
CUT = "... (truncated)"
SEVERITIES = ("INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL")


def _cut(text):
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(CUT)] + CUT


def _text(value):
    return _cut(value if isinstance(value, str) else str(value))


def _severity(value):
    if not isinstance(value, str):
        raise TypeError("severity() gave " + repr(value) + ", expected a string")
    upper = value.upper()
    if upper == "DEFAULT":
        return None
    if upper not in SEVERITIES:
        raise ValueError("severity() gave " + repr(value) + ", expected one of " + ", ".join(SEVERITIES))
    return upper


def _destinations(value):
    if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
        raise TypeError("destinations() gave " + repr(value) + ", expected a list of strings")
    return list(value)[:MAX_DESTINATIONS]


def _plain(value):
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return str(value)


def _context(value):
    if not isinstance(value, dict):
        raise TypeError("alert_context() gave " + type(value).__name__ + ", expected a dict")
    text = json.dumps(value, default=_plain, allow_nan=False)
    if len(text) <= MAX_CONTEXT:
        return text
    return json.dumps({"_error": "alert_context has %d characters, more than %d" % (len(text), MAX_CONTEXT)})


# In the order in which they run after a match.
FUNCTIONS = (
    ("title", _text),
    ("description", _text),
    ("reference", _text),
    ("severity", _severity),
    ("runbook", _text),
    ("destinations", _destinations),
    ("dedup", _text),
    ("unique", _text),
    ("alert_context", _context),
)


def failure(error, path):
    """An exception in words: its class, its repr, and the rule's own lines of its trace."""
    lines = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == path:
            lines.append("%s:%d in %s" % (path, trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename == path:
        lines.append("%s:%s: %s" % (path, error.lineno, (error.text or "").strip()))
    try:
        text = repr(error)
    except BaseException:
        text = type(error).__name__
    return {"kind": type(error).__name__, "text": _cut(text), "trace": lines[-20:]}


class Rule:
    """A rule's module, compiled; path names its Python file in traces."""

    def __init__(self, rule_id, path, source):
        self.rule_id = rule_id
        self.path = path
        self.source = source
        self.module = types.ModuleType(rule_id)
        self.module.__file__ = path
        exec(code_of(source, path), self.module.__dict__)
        self.bind()

    def bind(self):
        self.rule = getattr(self.module, "rule", None)
        if not callable(self.rule):
            raise TypeError("no function rule(event)")
        self.functions = [
            (name, getattr(self.module, name), convert)
            for name, convert in FUNCTIONS
            if callable(getattr(self.module, name, None))
        ]

    def failed(self, error):
        return {"rule": self.rule_id, "error": failure(error, self.path)}

    def outcome(self, event, answer):
        """What there is to say of an answer of rule() other than False."""
        if answer is not True:
            return self.failed(TypeError("rule() gave %r, expected True or False" % (answer,)))
        outputs, errors = {}, {}
        for name, function, convert in self.functions:
            try:
                outputs[name] = convert(function(event))
            except BaseException as error:
                errors[name] = failure(error, self.path)
        return {"rule": self.rule_id, "outputs": outputs, "errors": errors}

    def judge(self, event):
        try:
            answer = self.rule(event)
        except BaseException as error:
            return self.failed(error)
        return None if answer is False else self.outcome(event, answer)


class Judge:
    """Judges one event at a time, and goes on after an interrupt in the middle of the rules."""

    def start(self, rules, positions, text):
        rules = [rules[int(position)] for position in positions.split(",")]
        self.rules = rules
        self.outcomes = []
        self.rest = iter(rules)
        try:
            self.event = parse(text)
        except BaseException as error:
            return json.dumps([rule.failed(error) for rule in rules])
        return self.go_on()

    def go_on(self):
        event = self.event
        for rule in self.rest:
            try:
                answer = rule.rule(event)
            except BaseException as error:
                self.outcomes.append(rule.failed(error))
                continue
            if answer is not False:
                self.outcomes.append(rule.outcome(event, answer))
        return json.dumps(self.outcomes) if self.outcomes else None

    def interrupted(self):
        """The rule that go_on() was in; reading it here costs nothing where all goes well."""
        return self.rules[len(self.rules) - self.rest.__length_hint__() - 1]

    def again(self):
        outcome = self.interrupted().judge(self.event)
        if outcome is not None:
            self.outcomes.append(outcome)

    def fail(self, kind, text):
        rule = self.interrupted()
        error = {"kind": kind, "text": _cut(text), "trace": []}
        self.outcomes.append({"rule": rule.rule_id, "error": error})
        return rule.rule_id


def compile_rule(rule_id, path, source):
    """A Rule, or the failure as JSON text."""
    try:
        return Rule(rule_id, path, source)
    except BaseException as error:
        return json.dumps(failure(error, path))


def python_list(*elements):
    return list(elements)


class Constant:
    """Stands for a function that a test's mock replaces."""

    def __init__(self, value):
        self.value = value

    def __call__(self, *args, **kwargs):
        return self.value


def _mocked(replaced, value):
    """
    What stands for a name of the rule's module in a test. A function gives the value as it is, text
    included, since rules that are mocked parse it themselves; a constant that is not text becomes
    what the text means as JSON.
    """
    if callable(replaced):
        return Constant(value)
    if isinstance(value, str) and not isinstance(replaced, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def test(rule, text, mocks):
    """Judges a test's log, with names of the rule's module replaced: mocks are JSON, from name to value."""
    before = dict(rule.module.__dict__)
    mocked = json.loads(mocks)
    for name, value in mocked.items():
        if name not in before:
            missing = AttributeError("Mocks: the rule has nothing named " + name)
            return json.dumps(rule.failed(missing))
    try:
        for name, value in mocked.items():
            rule.module.__dict__[name] = _mocked(before[name], value)
        rule.bind()
        return json.dumps(rule.judge(parse(text)))
    finally:
        for name in mocked:
            rule.module.__dict__[name] = before[name]
        rule.bind()
