"""The syntax of a rule and of all that it calls, as JSON for the candidate index."""

import ast
import builtins
import json
import re
import types
from datetime import datetime, timedelta

# Text of each loaded Python file by the name it was compiled under.
sources = {}

_BUILTIN_FUNCTIONS = ("len", "any", "all", "isinstance", "hasattr", "getattr", "sorted", "min", "max", "sum", "divmod")
_BUILTIN_TYPES = ("str", "bool", "int", "float", "dict", "list", "tuple", "set")
_BUILTIN_EXCEPTIONS = (
    "ValueError",
    "KeyError",
    "IndexError",
    "LookupError",
    "AttributeError",
    "TypeError",
    "Exception",
)

# What can be imported and is reproduced, by module and name.
_IMPORTED = {
    ("_functools", "reduce"): {"builtin": "reduce"},
    ("functools", "reduce"): {"builtin": "reduce"},
    ("ipaddress", "ip_address"): {"builtin": "ip_address"},
    ("ipaddress", "IPv4Address"): {"builtin": "IPv4Address"},
    ("ipaddress", "IPv6Address"): {"builtin": "IPv6Address"},
    ("fnmatch", "fnmatch"): {"builtin": "fnmatch"},
    ("collections.abc", "Mapping"): {"type": "Mapping"},
    ("collections.abc", "Sequence"): {"type": "Sequence"},
    ("json", "loads"): {"builtin": "json.loads"},
    ("json", "dumps"): {"builtin": "json.dumps"},
    ("re", "match"): {"builtin": "re.match"},
    ("re", "search"): {"builtin": "re.search"},
    ("re", "findall"): {"builtin": "re.findall"},
    ("re", "fullmatch"): {"builtin": "re.fullmatch"},
    ("time", "time"): {"builtin": "time"},
}

# Modules whose functions leave the modules and their arguments alone.
_MODULES = ("datetime", "fnmatch", "functools", "ipaddress", "json", "math", "re", "time", "_sre")

# Methods that leave alone what they are called on.
_READING = {
    "get", "items", "keys", "values", "deep_get", "deep_walk", "startswith", "endswith", "lower", "upper",
    "strip", "lstrip", "rstrip", "split", "rsplit", "join", "replace", "format", "index", "count", "find",
    "copy", "union", "intersection", "difference", "issubset", "issuperset", "isdisjoint", "isdigit",
    "title", "capitalize", "casefold", "splitlines", "search", "match", "fullmatch", "findall",
}

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
        self.classes = {
            node.name: node
            for node in self.tree.body
            if isinstance(node, ast.ClassDef) and not node.decorator_list and not node.keywords
        }
        for name, node in self.classes.items():
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and _is_method(method):
                    self.functions[name + "." + method.name] = method
        self.namespace = namespace
        self.names = None

    def is_constant(self, name):
        """Whether its code leaves the name's value alone."""
        if self.names is None:
            self.names = _changed(self.tree, self.namespace)
        bound, shared = self.names
        return name not in bound and (name not in shared or _is_immutable(self.namespace.get(name)))


def _is_method(node):
    """Whether it is a plain method or a property."""
    decorators = node.decorator_list
    return not decorators or (
        len(decorators) == 1 and isinstance(decorators[0], ast.Name) and decorators[0].id == "property"
    )


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


def _variables(node, tree):
    """
    The globals that a rule sets on every way before it reads them or gives anything but False, so
    that no event sees another's.
    """
    declared = {name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names}
    return {name for name in declared if _is_set_first(name, node, tree)} if declared else declared


def _is_set_first(name, node, tree):
    concerned = _mentioning(name, tree)

    def goes(statements, is_set):
        """Whether the name is set after the statements; None if one reads it or gives something before."""
        for statement in statements:
            if is_set or isinstance(statement, ast.Global):
                continue
            target = statement.targets[0] if isinstance(statement, ast.Assign) else None
            if isinstance(target, ast.Name) and target.id == name and len(statement.targets) == 1:
                is_set = None if _mentions(statement.value, concerned) else True
            elif isinstance(statement, ast.If) and not _mentions(statement.test, concerned):
                ways = goes(statement.body, False), goes(statement.orelse, False)
                is_set = None if None in ways else all(ways)
            elif isinstance(statement, ast.For) and not _mentions(statement.iter, concerned):
                # It may have nothing to go through.
                ways = goes(statement.body, False), goes(statement.orelse, False)
                is_set = None if None in ways or _mentions(statement.target, concerned) else False
            elif isinstance(statement, ast.Return):
                # What comes after it is not reached.
                is_set = True if _gives_false(statement) else None
            elif _mentions(statement, concerned) or not all(
                _gives_false(inner) for inner in ast.walk(statement) if isinstance(inner, ast.Return)
            ):
                is_set = None
            if is_set is None:
                return None
        return is_set

    return goes(node.body, False) is not None


def _gives_false(statement):
    return isinstance(statement.value, ast.Constant) and statement.value.value is False


def _mentioning(name, tree):
    """The name and those of the functions and classes that get to see it."""
    concerned, before = {name}, 0
    while len(concerned) > before:
        before = len(concerned)
        for definition in tree.body:
            if isinstance(definition, (ast.FunctionDef, ast.ClassDef)) and _mentions(definition, concerned):
                concerned.add(definition.name)
    return concerned


def _mentions(node, names):
    return any(
        (isinstance(inner, ast.Name) and inner.id in names) or (isinstance(inner, ast.Global) and names & set(inner.names))
        for inner in ast.walk(node)
    )


def _function(value):
    """The syntax of a plain function or method, or None."""
    if not isinstance(value, types.FunctionType):
        return None
    # A method that calls super() holds its class.
    if value.__closure__ and value.__code__.co_freevars != ("__class__",):
        return None
    file = _file(value.__code__.co_filename, value.__globals__)
    node = file.functions.get(value.__qualname__) if file else None
    if node is None:
        return None
    first = node.decorator_list[0] if node.decorator_list else node
    return node if first.lineno == value.__code__.co_firstlineno else None


def _is_immutable(value):
    if isinstance(value, (tuple, frozenset)):
        return all(map(_is_immutable, value))
    return value is None or isinstance(value, (str, int, float, re.Pattern, timedelta))


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
            if isinstance(node.func, ast.Attribute) and node.func.attr not in _READING and not _is_library(node.func.value, namespace):
                base(node.func.value)
            if not _reads(node.func, namespace):
                for argument in node.args + [keyword.value for keyword in node.keywords]:
                    if isinstance(argument, (ast.Name, ast.Starred)):
                        base(argument)
    for node in ast.walk(function_or_tree):
        for target, value in _aliases(node):
            if isinstance(target, ast.Name) and target.id in names and not _is_flat(value, node, namespace):
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


def _is_library(node, namespace):
    """Whether it is a module or class of the standard library, which calls leave as it is."""
    if isinstance(node, ast.Attribute):
        node = node.value
    value = namespace.get(node.id) if isinstance(node, ast.Name) else None
    if isinstance(value, types.ModuleType):
        return value.__name__ in _MODULES
    return value is datetime or value is timedelta


def _is_flat(value, node, namespace):
    """Whether a loop goes over a constant whose elements cannot be changed."""
    if isinstance(node, (ast.For, ast.comprehension)) and isinstance(value, ast.Name):
        constant = namespace.get(value.id)
        return isinstance(constant, (list, tuple, set, frozenset)) and all(map(_is_immutable, constant))
    return False


def _reads(callee, namespace):
    """Whether a call is known to leave its arguments alone."""
    if isinstance(callee, ast.Attribute):
        owner = namespace.get(callee.value.id) if isinstance(callee.value, ast.Name) else None
        if isinstance(owner, types.ModuleType):
            return owner.__name__ in _MODULES
        return callee.attr in _READING
    value = namespace.get(callee.id, getattr(builtins, callee.id, None)) if isinstance(callee, ast.Name) else None
    if value is not None and getattr(builtins, getattr(value, "__name__", ""), None) is value:
        return True
    if getattr(value, "__module__", None) in _MODULES:
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
    if kind is re.Pattern and isinstance(value.pattern, str):
        flags = value.flags & ~(re.UNICODE | re.IGNORECASE)
        plain = {"regex": value.pattern, "ignoreCase": bool(value.flags & re.IGNORECASE)}
        return None if flags else {"pattern": plain}
    if kind is timedelta:
        micros = value // timedelta(microseconds=1)
        return {"timedelta": micros} if abs(micros) < 2**62 else None
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
        self.classes = {}
        self.variables = set()
        self.namespace = None

    def rule(self, value):
        """What a rule's function shares with its others; before they are described."""
        node = _function(value)
        if node is not None:
            self.namespace = value.__globals__
            tree = _file(value.__code__.co_filename, value.__globals__).tree
            self.variables = _variables(node, tree)

    def function(self, value, above=None):
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
        described["locals"] = list(code.co_varnames) + list(code.co_cellvars)
        described["globals"] = [
            name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names
        ]
        if value.__globals__ is self.namespace:
            described["variables"] = sorted(self.variables)
        if above is not None:
            described["super"] = self.methods(above)[0]
        described["names"] = self.names(node, value.__globals__)
        described["body"] = _node(node.body)
        return identity

    def type(self, value):
        """The id of a plain class; None if it is anything else."""
        classes = value.__mro__[:-1]
        if type(value) is not type or value.__mro__[-1] is not object or not all(map(_is_plain_class, classes)):
            return None
        identity = "%s:%s" % (value.__module__, value.__qualname__)
        if identity not in self.classes:
            described = self.classes[identity] = {}
            described["methods"], described["properties"] = self.methods(value)
            described["constants"] = {
                name: _constant(constant)
                for inherited in reversed(classes)
                for name, constant in vars(inherited).items()
                if name[:2] != "__" and _is_immutable(constant) and _constant(constant)
            }
        return identity

    def methods(self, value):
        """Methods and properties of a plain class, and of those above it, by name."""
        methods, properties = {}, {}
        for inherited in reversed(value.__mro__[:-1]):
            above = inherited.__mro__[1]
            for name, member in vars(inherited).items():
                if isinstance(member, types.FunctionType):
                    methods[name] = self.function(member, None if above is object else above)
                elif isinstance(member, property) and member.fset is None and member.fdel is None:
                    properties[name] = self.function(member.fget, None if above is object else above)
        return [
            {name: identity for name, identity in found.items() if identity} for found in (methods, properties)
        ]

    def names(self, node, namespace):
        file = _file(namespace.get("__file__"), namespace)
        names = {}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id not in names:
                names[inner.id] = self.name(inner.id, namespace, file)
            elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                module = namespace.get(inner.value.id)
                path = getattr(module, "__file__", None)
                if not isinstance(module, types.ModuleType):
                    continue
                if path in sources:
                    attribute = self.name(inner.attr, module.__dict__, _file(path, module.__dict__))
                elif file is not None and file.is_constant(inner.value.id):
                    attribute = _imported(getattr(module, inner.attr, None))
                else:
                    attribute = None
                names[inner.value.id + "." + inner.attr] = attribute
        return {name: meaning for name, meaning in names.items() if meaning}

    def name(self, name, namespace, file):
        if name not in namespace:
            if name in _BUILTIN_FUNCTIONS:
                return {"builtin": name}
            if name in _BUILTIN_EXCEPTIONS:
                return _exception(getattr(builtins, name))
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
        if isinstance(value, type):
            identity = self.type(value)
            return {"class": identity} if identity else None
        constant = _constant(value)
        return {"value": constant} if constant else None


def _exception(value):
    """The names of an exception's class and of those above it."""
    names = [
        above.__name__ if above.__module__ == "builtins" else above.__module__ + "." + above.__name__
        for above in value.__mro__
        if issubclass(above, Exception)
    ]
    return {"exception": names}


def _imported(value):
    if value is rule_cache:
        return {"builtin": "rule_cache"}
    if value is datetime or value is timedelta:
        return {"type": value.__name__}
    if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)):
        if isinstance(value, type) and issubclass(value, Exception):
            return _exception(value)
        return _IMPORTED.get((value.__module__, value.__name__))
    return None


def _is_plain_class(value):
    """Whether a class is one of the rule pack with nothing special to it."""
    if len(value.__bases__) != 1:
        return False
    special = {name for name, member in vars(value).items() if name[:2] == "__" and isinstance(member, types.FunctionType)}
    if special - {"__init__"}:
        return False
    for member in vars(value).values():
        if isinstance(member, types.FunctionType):
            file = _file(member.__code__.co_filename, member.__globals__)
            return file is not None and value.__name__ in file.classes and value.__qualname__ == value.__name__
    return False


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
        if entries and entries[0][0] == "rule":
            description.rule(entries[0][1])
        ids = {name: description.function(function) for name, function in entries}
        described = {"entries": ids, "functions": description.functions, "classes": description.classes}
        return json.dumps(described, allow_nan=False)
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
