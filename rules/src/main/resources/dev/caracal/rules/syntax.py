"""The syntax of a rule and of all that it calls, as JSON for the candidate index."""

import ast
import builtins
import json
import types

# Text of each loaded Python file by the name it was compiled under.
sources = {}

_BUILTIN_FUNCTIONS = ("len", "any", "all", "isinstance")
_BUILTIN_TYPES = ("str", "bool", "int", "float", "dict", "list", "tuple", "set")

# Methods that leave alone what they are called on.
_READING = {
    "get", "items", "keys", "values", "deep_get", "deep_walk", "startswith", "endswith", "lower", "upper",
    "strip", "lstrip", "rstrip", "split", "rsplit", "join", "replace", "format", "index", "count", "find",
    "copy", "union", "intersection", "difference", "issubset", "issuperset", "isdisjoint", "isdigit",
    "title", "capitalize", "casefold", "splitlines", "search", "match", "fullmatch", "findall",
}
_READING_MODULES = ("re", "fnmatch", "json", "ipaddress", "_sre")

_SKIPPED = ("ctx", "type_comment", "annotation", "returns", "type_params", "kind", "simple")

_trees = {}


def _tree(path):
    text = sources.get(path)
    if text is None:
        return None
    known = _trees.get(path)
    if known is None or known[0] is not text:
        known = _trees[path] = (text, ast.parse(text))
    return known[1]


def _function(value):
    """The syntax of a plain function, or None."""
    if not isinstance(value, types.FunctionType) or value.__closure__:
        return None
    tree = _tree(value.__code__.co_filename)
    for node in tree.body if tree else ():
        if (
            isinstance(node, ast.FunctionDef)
            and node.name == value.__name__
            and node.lineno == value.__code__.co_firstlineno
            and not node.decorator_list
        ):
            return node
    return None


def _changed(function_or_tree, namespace):
    """The names whose values the code may change."""
    names = set()

    def base(node):
        while isinstance(node, (ast.Subscript, ast.Attribute, ast.Starred)):
            node = node.value
        if isinstance(node, ast.Name):
            names.add(node.id)

    for node in ast.walk(function_or_tree):
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            names.update(node.names)
        elif isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
            base(node)
        elif isinstance(node, ast.AugAssign):
            base(node.target)
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr not in _READING:
                base(node.func.value)
            if not _reads(node.func, namespace):
                for argument in node.args + [keyword.value for keyword in node.keywords]:
                    if isinstance(argument, (ast.Name, ast.Starred)):
                        base(argument)
    for node in ast.walk(function_or_tree):
        for target, value in _aliases(node):
            if isinstance(target, ast.Name) and target.id in names:
                base(value)
    return names


def _aliases(node):
    """Pairs of a name and what it may share parts with."""
    if isinstance(node, ast.Assign):
        return [(target, node.value) for target in node.targets]
    if isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        return [(node.target, node.value)]
    if isinstance(node, (ast.For, ast.comprehension)):
        return [(node.target, node.iter)]
    return []


def _reads(callee, namespace):
    """Whether a call is known to leave its arguments alone."""
    if isinstance(callee, ast.Attribute):
        owner = namespace.get(callee.value.id) if isinstance(callee.value, ast.Name) else None
        if isinstance(owner, types.ModuleType):
            return owner.__name__ in _READING_MODULES
        return callee.attr in _READING
    value = namespace.get(callee.id, getattr(builtins, callee.id, None)) if isinstance(callee, ast.Name) else None
    if value is not None and getattr(builtins, getattr(value, "__name__", ""), None) is value:
        return True
    if getattr(value, "__module__", None) in _READING_MODULES:
        return True
    node = _function(value)
    if node is None or node in _looking:
        return node is not None
    _looking.append(node)
    try:
        parameters = {a.arg for a in node.args.args + node.args.kwonlyargs}
        return not (parameters & _changed(node, value.__globals__))
    finally:
        _looking.pop()


_looking = []


def _constant(value):
    """A constant in JSON, with its type; None if it is no plain value."""
    kind = type(value)
    if value is None:
        return {"none": True}
    if kind is bool:
        return {"bool": value}
    if kind is str:
        return {"str": value}
    if kind is int:
        return {"int": value} if -(2**63) <= value < 2**63 else None
    if kind is float:
        return {"float": value} if value - value == 0 else None
    if kind in (list, tuple, set, frozenset):
        items = [_constant(item) for item in value]
        name = "set" if kind is frozenset else kind.__name__
        return None if None in items else {name: items}
    if kind is dict:
        items = [[key, _constant(item)] for key, item in value.items()]
        usable = all(type(key) is str and item is not None for key, item in items)
        return {"dict": items} if usable else None
    return None


class _Description:
    def __init__(self):
        self.functions = {}

    def function(self, value):
        """The id of the function, described with all that it calls; None if it cannot be."""
        node = _function(value)
        if node is None:
            return None
        code = value.__code__
        identity = "%s:%d" % (code.co_filename, code.co_firstlineno)
        if identity in self.functions:
            return identity
        arguments = node.args
        if arguments.posonlyargs or arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
            return None
        described = self.functions[identity] = {}
        parameters = [a.arg for a in arguments.args]
        defaults = value.__defaults__ or ()
        described["parameters"] = parameters
        described["defaults"] = {
            name: _constant(default) for name, default in zip(parameters[len(parameters) - len(defaults) :], defaults)
        }
        described["locals"] = list(code.co_varnames) + list(code.co_cellvars)
        described["names"] = self.names(node, value.__globals__)
        described["body"] = _node(node.body)
        return identity

    def names(self, node, namespace):
        changed = _changed(_tree(namespace["__file__"]), namespace) if namespace.get("__file__") in sources else None
        names = {}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id not in names:
                names[inner.id] = self.name(inner.id, namespace, changed)
        return {name: meaning for name, meaning in names.items() if meaning}

    def name(self, name, namespace, changed):
        if name not in namespace:
            if name in _BUILTIN_FUNCTIONS:
                return {"builtin": name}
            return {"type": name} if name in _BUILTIN_TYPES else None
        if changed is None or name in changed:
            return None
        value = namespace[name]
        if isinstance(value, types.FunctionType):
            identity = self.function(value)
            return {"function": identity} if identity else None
        constant = _constant(value)
        return {"value": constant} if constant else None


def _node(value):
    if isinstance(value, ast.Constant):
        return {"_": "Constant", "value": _constant(value.value)}
    if isinstance(value, ast.AST):
        fields = {name: _node(inner) for name, inner in ast.iter_fields(value) if name not in _SKIPPED}
        fields["_"] = type(value).__name__
        return fields
    if isinstance(value, list):
        return [_node(inner) for inner in value]
    return value if isinstance(value, (str, int, type(None))) else None


def describe(function):
    """A function and all that it calls as JSON text; empty if it cannot be described."""
    try:
        description = _Description()
        identity = description.function(function)
        if identity is None:
            return ""
        return json.dumps({"entry": identity, "functions": description.functions}, allow_nan=False)
    except (SyntaxError, RecursionError, ValueError, TypeError):
        return ""
    finally:
        # Helpers are asked for again and again, a rule's own file is not.
        _trees.pop(getattr(getattr(function, "__code__", None), "co_filename", ""), None)
