from jsonpath_ng import parse
