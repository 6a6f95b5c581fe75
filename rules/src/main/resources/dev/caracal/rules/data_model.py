"""Data models: what event.udm() reads."""

import json
import types

import jsonpath_ng


class DataModel:
    def __init__(self, paths, methods):
        self.texts = paths
        self.paths = {name: jsonpath_ng.parse(path) for name, path in paths.items()}
        self.methods = methods

    def value(self, event, name):
        path = self.paths.get(name)
        if path is None:
            method = self.methods.get(name)
            return None if method is None else method(event)
        found = path.values(event)
        if len(found) > 1:
            raise ValueError("the path %s of %s leads to %d values" % (self.texts[name], name, len(found)))
        return found[0] if found else None

    def path(self, name):
        """A path without the root, or a method's name: what selectors of lookup tables are."""
        method = self.methods.get(name)
        text = self.texts.get(name) if method is None else method.__name__
        return text[2:] if text is not None and text.startswith("$.") else text


def compile_data_model(model_id, path, source, mappings):
    """A DataModel, or the failure as JSON text; mappings in JSON: name, path and method in turn."""
    try:
        module = types.ModuleType(model_id)
        module.__file__ = path
        sources[path] = source
        exec(code_of(source, path), module.__dict__)
        paths, methods = {}, {}
        for name, json_path, method in json.loads(mappings):
            if json_path:
                paths[name] = json_path
            elif callable(getattr(module, method, None)):
                methods[name] = getattr(module, method)
            else:
                raise AttributeError("mapping %s: there is no function %s" % (name, method))
        return DataModel(paths, methods)
    except BaseException as error:
        return json.dumps(failure(error, path))


def set_data_models(log_types, models):
    data_models.clear()
    data_models.update(zip(log_types, models))
