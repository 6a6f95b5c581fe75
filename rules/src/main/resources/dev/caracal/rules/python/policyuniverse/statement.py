"""One statement of a policy of AWS Identity and Access Management.

Which condition keys restrict who has access is AWS's "Global condition context keys" page.
"""

import ipaddress


class ConditionTuple:
    """What a condition restricts, and to which value."""

    def __init__(self, category, value):
        self.category = category
        self.value = value


# From a condition key, in lower case, to what its values name.
_CATEGORIES = {
    "aws:sourcearn": "arn",
    "aws:principalarn": "arn",
    "aws:sourceowner": "account",
    "aws:sourceaccount": "account",
    "aws:principalaccount": "account",
    "kms:calleraccount": "account",
    "aws:userid": "userid",
    "aws:sourceip": "cidr",
    "aws:vpcsourceip": "cidr",
    "aws:sourcevpc": "vpc",
    "aws:sourcevpce": "vpce",
    "aws:principalorgid": "organization",
    "aws:sourceorgid": "organization",
    "aws:principalorgpaths": "organization",
}
# The operators under which a value has to be equal or like; negated ones restrict nothing.
_OPERATORS = (
    "arnequals",
    "arnlike",
    "stringequals",
    "stringequalsignorecase",
    "stringlike",
    "ipaddress",
)


def _list(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple, set)) else [value]


def _operator(name):
    plain = name.lower()
    for prefix in ("forallvalues:", "foranyvalue:"):
        plain = plain[len(prefix) :] if plain.startswith(prefix) else plain
    return plain[: -len("ifexists")] if plain.endswith("ifexists") else plain


class Statement:
    def __init__(self, statement):
        self.statement = statement
        self.condition_entries = self._condition_entries()
        self.principals = self._principals()

    @property
    def effect(self):
        return self.statement.get("Effect")

    @property
    def actions(self):
        return {str(action).lower() for action in _list(self.statement.get("Action"))}

    @property
    def resources(self):
        return set(_list(self.statement.get("Resource")))

    def uses_not_principal(self):
        return "NotPrincipal" in self.statement

    def _principals(self):
        principals = self.statement.get("Principal")
        if isinstance(principals, dict):
            return {value for values in principals.values() for value in _list(values)}
        return set(_list(principals))

    def _condition_entries(self):
        entries = []
        for operator, keys in (self.statement.get("Condition") or {}).items():
            if _operator(operator) not in _OPERATORS:
                continue
            for key, values in keys.items():
                category = _CATEGORIES.get(key.lower())
                if category is not None:
                    entries.extend(ConditionTuple(category, value) for value in _list(values))
        return entries

    def is_internet_accessible(self):
        """Whether it allows anybody, and no condition says who."""
        if self.effect != "Allow":
            return False
        if self.uses_not_principal():
            return True
        if not any(_is_anybody(principal) for principal in self.principals):
            return False
        if not self.condition_entries:
            return True
        return all(_is_open(entry) for entry in self.condition_entries)


def _is_anybody(principal):
    return principal == "*" or (principal.startswith("arn:") and principal.split(":")[4:5] == ["*"])


def _is_open(entry):
    """Whether a condition lets anybody in all the same."""
    value = str(entry.value)
    if entry.category == "cidr":
        try:
            return ipaddress.ip_network(value, strict=False).prefixlen == 0
        except ValueError:
            return False
    if entry.category == "arn":
        parts = value.split(":", 5)
        if value == "*":
            return True
        # An ARN of S3 names no account, and is in nobody else's.
        return len(parts) == 6 and parts[4] == "*"
    return value.replace("*", "").strip(":") == ""
