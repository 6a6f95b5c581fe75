"""Which fields of its event a rule reads, as its text says."""

import ast
import json

_EVENT_FUNCTIONS = {name for name, _ in FUNCTIONS} | {"rule"}
_WALKS = ("deep_get", "deep_walk")
_ELEMENT = "[]"


def _event_name(function):
    """The name that a function gives the event; None if it has none, or another meaning too."""
    parameters = [argument.arg for argument in function.args.args]
    if not parameters:
        return None
    if function.name in _EVENT_FUNCTIONS:
        name = parameters[0]
    elif "event" in parameters:
        name = "event"
    else:
        return None
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load):
            return None
        if isinstance(node, ast.Lambda) and name in [argument.arg for argument in node.args.args]:
            return None
    return name


def _text(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _texts(nodes):
    """The constants up to the first argument that is none."""
    texts = []
    for node in nodes:
        if _text(node) is None:
            break
        texts.append(node.value)
    return texts


def _is_empty(node):
    if isinstance(node, ast.Dict):
        return not node.keys
    if isinstance(node, (ast.List, ast.Tuple)):
        return not node.elts
    return isinstance(node, ast.Constant) and not node.value


class _Reads:
    def __init__(self, event):
        self.event = event

    def keys(self, node):
        """The keys from the event to what an expression gives; None if the text does not say."""
        if isinstance(node, ast.Name):
            return [] if node.id == self.event else None
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and all(map(_is_empty, node.values[1:])):
            return self.keys(node.values[0])
        if isinstance(node, ast.Subscript):
            return self.after(node.value, [_text(node.slice) or self.position(node.slice)])
        if not isinstance(node, ast.Call):
            return None
        if isinstance(node.func, ast.Attribute):
            if node.func.attr == "get":
                return self.after(node.func.value, [_text(node.args[0]) if node.args else None])
            if node.func.attr in _WALKS:
                return self.walk(node.func.value, node.args)
        if isinstance(node.func, ast.Name) and node.func.id in _WALKS and node.args:
            return self.walk(node.args[0], node.args[1:])
        return None

    def position(self, node):
        if isinstance(node, ast.UnaryOp):
            node = node.operand
        return _ELEMENT if isinstance(node, ast.Constant) and isinstance(node.value, int) else None

    def after(self, owner, keys):
        before = self.keys(owner)
        return None if before is None or None in keys else before + keys

    def walk(self, owner, arguments):
        keys = _texts(arguments)
        return self.after(owner, keys) if keys and len(keys) == len(arguments) else None

    def read(self, node):
        """Kind and keys, if the expression itself reads a field."""
        if isinstance(node, (ast.Subscript, ast.Call)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "udm":
                name = _text(node.args[0]) if node.args else None
                return ("DATA_MODEL", [name]) if name and self.keys(node.func.value) == [] else None
            keys = self.keys(node)
            return ("FIELD", keys) if keys else None
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            keys = self.keys(node.comparators[0])
            # In a text or a list this asks for something else; an event has keys.
            return ("FIELD", [_text(node.left)]) if keys == [] and _text(node.left) else None
        return None


def field_reads(source):
    """In JSON: line, kind and keys of each field that the rule reads."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return "[]"
    found = []
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        event = _event_name(function)
        if event is None:
            continue
        reads = _Reads(event)
        for node in ast.walk(function):
            read = reads.read(node)
            if read:
                found.append((node.lineno, read[0], read[1]))
    return json.dumps(found)
