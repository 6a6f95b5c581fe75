"""The syntax of a rule and of all that it calls, as JSON for the candidate index."""

import ast
import builtins
import json
import re
import types

# Text of each loaded Python file by the name it was compiled under.
sources = {}

_BUILTIN_FUNCTIONS = ("len", "any", "all", "isinstance", "hasattr", "sorted", "min", "max", "sum")
_BUILTIN_TYPES = ("str", "bool", "int", "float", "dict", "list", "tuple", "set")
_BUILTIN_EXCEPTIONS = ("ValueError", "KeyError", "AttributeError", "TypeError", "Exception")

# What can be imported and is reproduced, by module and name.
_IMPORTED = {
    ("_functools", "reduce"): {"builtin": "reduce"},
    ("functools", "reduce"): {"builtin": "reduce"},
    ("ipaddress", "ip_address"): {"builtin": "ip_address"},
    ("ipaddress", "IPv4Address"): {"builtin": "IPv4Address"},
    ("ipaddress", "IPv6Address"): {"builtin": "IPv6Address"},
    ("ipaddress", "AddressValueError"): {"exception": "AddressValueError"},
    ("fnmatch", "fnmatch"): {"builtin": "fnmatch"},
    ("collections.abc", "Mapping"): {"type": "Mapping"},
    ("collections.abc", "Sequence"): {"type": "Sequence"},
}

# Methods that leave alone what they are called on.
_READING = {
    "get", "items", "keys", "values", "deep_get", "deep_walk", "startswith", "endswith", "lower", "upper",
    "strip", "lstrip", "rstrip", "split", "rsplit", "join", "replace", "format", "index", "count", "find",
    "copy", "union", "intersection", "difference", "issubset", "issuperset", "isdisjoint", "isdigit",
    "title", "capitalize", "casefold", "splitlines", "search", "match", "fullmatch", "findall",
}
_READING_MODULES = ("re", "fnmatch", "json", "ipaddress", "_sre")

_SKIPPED = ("ctx", "type_comment", "annotation", "returns", "type_params", "kind", "simple")

class _File:
    """A Python file that was loaded."""

    def __init__(self, text, namespace):
        self.text = text
        self.tree = _unmocked(text, namespace)
        self.functions = {
            node.name: node
            for node in self.tree.body
            if isinstance(node, ast.FunctionDef) and not node.decorator_list
        }
        self.namespace = namespace
        self.names = None

    def is_constant(self, name):
        """Whether its code leaves the name's value alone."""
        if self.names is None:
            self.names = _changed(self.tree, self.namespace)
        bound, shared = self.names
        return name not in bound and (name not in shared or _is_immutable(self.namespace.get(name)))


_files = {}


def _file(path, namespace):
    text = sources.get(path)
    if text is None:
        return None
    known = _files.get(path)
    if known is None or known.text is not text or known.namespace is not namespace:
        known = _files[path] = _File(text, namespace)
    return known


def _unmocked(text, namespace):
    """
    The tree of a text without what runs only if a constant of its is a mock. Outside tests none is,
    unless the rest of the file can change it.
    """
    tree = ast.parse(text)
    if "MagicMock" not in text:
        return tree
    pruning = _Unmock(namespace)
    tree = pruning.visit(tree)
    bound, shared = _changed(tree, namespace)
    return ast.parse(text) if pruning.names & (bound | shared) else tree


class _Unmock(ast.NodeTransformer):
    def __init__(self, namespace):
        self.namespace = namespace
        self.names = set()

    def visit_If(self, node):
        self.generic_visit(node)
        test = node.test
        if not (
            isinstance(test, ast.Call)
            and isinstance(test.func, ast.Name)
            and test.func.id == "isinstance"
            and len(test.args) == 2
            and all(isinstance(argument, ast.Name) for argument in test.args)
        ):
            return node
        name, kind = (argument.id for argument in test.args)
        is_mock = getattr(self.namespace.get(kind), "__module__", None) == "unittest.mock"
        if not is_mock or _constant(self.namespace.get(name)) is None:
            return node
        self.names.add(name)
        return node.orelse or ast.Pass()


def _reset(node):
    """The globals that a function sets to plain values before all else, so that no event sees another's."""
    declared, assigned = set(), set()
    for statement in node.body:
        if isinstance(statement, ast.Global):
            declared.update(statement.names)
        elif (
            isinstance(statement, ast.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.targets[0], ast.Name)
            and statement.targets[0].id in declared
            and _is_plain(statement.value)
        ):
            assigned.add(statement.targets[0].id)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            break
    return declared if declared <= assigned else set()


def _is_plain(node):
    if isinstance(node, ast.Dict):
        return not node.keys
    if isinstance(node, (ast.List, ast.Tuple)):
        return not node.elts
    return isinstance(node, ast.Constant)


def _function(value):
    """The syntax of a plain function, or None."""
    if not isinstance(value, types.FunctionType) or value.__closure__:
        return None
    file = _file(value.__code__.co_filename, value.__globals__)
    node = file.functions.get(value.__name__) if file else None
    return node if node is not None and node.lineno == value.__code__.co_firstlineno else None


def _is_immutable(value):
    if isinstance(value, (tuple, frozenset)):
        return all(map(_is_immutable, value))
    return value is None or isinstance(value, (str, int, float))


def _changed(function_or_tree, namespace):
    """The names that the code may bind anew, and those whose values it may change."""
    bound, names = set(), set()

    def base(node):
        while isinstance(node, (ast.Subscript, ast.Attribute, ast.Starred)):
            node = node.value
        if isinstance(node, ast.Name):
            names.add(node.id)

    declared = {
        name
        for node in ast.walk(function_or_tree)
        if isinstance(node, (ast.Global, ast.Nonlocal))
        for name in node.names
    }
    if declared:
        for function in function_or_tree.body if isinstance(function_or_tree, ast.Module) else [function_or_tree]:
            if not isinstance(function, (ast.FunctionDef, ast.ClassDef)):
                continue
            bound.update(
                node.id
                for node in ast.walk(function)
                if isinstance(node, ast.Name) and node.id in declared and not isinstance(node.ctx, ast.Load)
            )
    for node in ast.walk(function_or_tree):
        if isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
            base(node)
        elif isinstance(node, ast.AugAssign):
            (bound.add(node.target.id) if isinstance(node.target, ast.Name) else base(node.target))
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
    return bound, names


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
        bound, shared = _changed(node, value.__globals__)
        return not parameters & (bound | shared)
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

    def function(self, value, is_rule=False):
        """The id of the function, described with all that it calls; None if it cannot be."""
        node = _function(value)
        if node is None:
            return None
        code = value.__code__
        identity = "%s:%d" % (code.co_filename, code.co_firstlineno)
        if identity in self.functions:
            return identity
        arguments = node.args
        if arguments.posonlyargs or arguments.kwarg:
            return None
        described = self.functions[identity] = {}
        parameters = [a.arg for a in arguments.args]
        defaults = value.__defaults__ or ()
        described["parameters"] = parameters
        described["keywords"] = [a.arg for a in arguments.kwonlyargs]
        described["rest"] = arguments.vararg.arg if arguments.vararg else None
        described["defaults"] = {
            name: _constant(default) for name, default in zip(parameters[len(parameters) - len(defaults) :], defaults)
        }
        for name, default in (value.__kwdefaults__ or {}).items():
            described["defaults"][name] = _constant(default)
        reset = _reset(node) if is_rule else set()
        described["locals"] = list(code.co_varnames) + list(code.co_cellvars) + sorted(reset)
        described["globals"] = [
            name
            for inner in ast.walk(node)
            if isinstance(inner, ast.Global)
            for name in inner.names
            if name not in reset
        ]
        described["names"] = self.names(node, value.__globals__)
        described["body"] = _node(node.body)
        return identity

    def names(self, node, namespace):
        file = _file(namespace.get("__file__"), namespace)
        names = {}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id not in names:
                names[inner.id] = self.name(inner.id, namespace, file)
            elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                module = namespace.get(inner.value.id)
                path = getattr(module, "__file__", None)
                if isinstance(module, types.ModuleType) and path in sources:
                    attribute = self.name(inner.attr, module.__dict__, _file(path, module.__dict__))
                    names[inner.value.id + "." + inner.attr] = attribute
        return {name: meaning for name, meaning in names.items() if meaning}

    def name(self, name, namespace, file):
        if name not in namespace:
            if name in _BUILTIN_FUNCTIONS:
                return {"builtin": name}
            if name in _BUILTIN_EXCEPTIONS:
                return {"exception": name}
            return {"type": name} if name in _BUILTIN_TYPES else None
        if file is None or not file.is_constant(name):
            return None
        value = namespace[name]
        imported = _imported(value)
        if imported:
            return imported
        if isinstance(value, types.FunctionType):
            identity = self.function(value)
            return {"function": identity} if identity else None
        constant = _constant(value)
        return {"value": constant} if constant else None


def _imported(value):
    if isinstance(value, types.ModuleType):
        return {"module": value.__name__} if value.__name__ in ("ipaddress", "re", "functools") else None
    if type(value) is re.Pattern and isinstance(value.pattern, str):
        flags = value.flags & ~(re.UNICODE | re.IGNORECASE)
        return None if flags else {"pattern": value.pattern, "ignoreCase": bool(value.flags & re.IGNORECASE)}
    if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)):
        return _IMPORTED.get((value.__module__, value.__name__))
    return None


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


def _described(functions, entries):
    """
    Functions and all that they call as JSON text: the id of each by name, null where it cannot be
    described. The first entry is a rule's.
    """
    try:
        description = _Description()
        ids = {name: description.function(function, name == "rule") for name, function in entries}
        return json.dumps({"entries": ids, "functions": description.functions}, allow_nan=False)
    except (SyntaxError, RecursionError, ValueError, TypeError):
        return ""
    finally:
        # Helpers are asked for again and again, a rule's own file is not.
        for function in functions:
            _files.pop(getattr(getattr(function, "__code__", None), "co_filename", ""), None)


def describe_rule(rule):
    # Two rules may have one path.
    sources[rule.path] = rule.source
    entries = [("rule", rule.rule)] + [(name, function) for name, function, _ in rule.functions]
    return _described([rule.rule], entries)


def describe_data_model(model):
    return _described(list(model.methods.values()), list(model.methods.items()))
