"""Countries of ISO 3166, as the JVM knows them."""

import json

from __main__ import country_codes as _codes


class Country:
    def __init__(self, alpha_2, alpha_3, name):
        self.alpha_2 = alpha_2
        self.alpha_3 = alpha_3
        self.name = name

    def __repr__(self):
        return "Country(alpha_2=%r, alpha_3=%r, name=%r)" % (self.alpha_2, self.alpha_3, self.name)


class _Countries:
    def __init__(self):
        self._all = [Country(*codes) for codes in json.loads(_codes())]

    def __iter__(self):
        return iter(self._all)

    def __len__(self):
        return len(self._all)

    def get(self, default=None, **wanted):
        """By exactly one of alpha_2, alpha_3 and name; the default if there is none."""
        if len(wanted) != 1:
            raise TypeError("expected one of alpha_2, alpha_3 and name")
        ((field, value),) = wanted.items()
        value = str(value).lower()
        for country in self._all:
            if getattr(country, field).lower() == value:
                return country
        return default

    def lookup(self, value):
        for field in ("alpha_2", "alpha_3", "name"):
            country = self.get(**{field: value})
            if country is not None:
                return country
        raise LookupError("no country " + repr(value))


countries = _Countries()
