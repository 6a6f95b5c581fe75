"""The modules that rules can import besides the standard library: Caracal's own, and the rule pack's."""

import json
import sys
from importlib.machinery import ModuleSpec


class Modules:
    """Finds modules by name in memory, and loads them. The standard library goes first."""

    def __init__(self):
        self.texts = {}

    def find_spec(self, name, path=None, target=None):
        text = self.texts.get(name)
        if text is None:
            return None
        return ModuleSpec(name, self, origin=text[0], is_package=text[2])

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        path, source, _ = self.texts[module.__name__]
        module.__file__ = path
        sources[path] = source
        exec(code_of(source, path), module.__dict__)

    def add(self, name, path, source, is_package):
        self.texts[name] = (path, source, is_package)

    def remove(self, name):
        self.texts.pop(name, None)
        self.forget(name)

    def forget(self, name):
        """The next import loads the module again; who has it keeps the one before."""
        sys.modules.pop(name, None)

    def load(self, name):
        """None, or the failure as JSON text."""
        try:
            __import__(name)
        except BaseException as error:
            sys.modules.pop(name, None)
            return json.dumps(failure(error, self.texts[name][0]))
        return None

    def is_taken(self, name):
        """Whether a module of this name is there that no rule pack may hide."""
        return name in sys.stdlib_module_names or name in self.texts or name == "__main__"


def load_module(name):
    return modules.load(name)


modules = Modules()
sys.meta_path.append(modules)
