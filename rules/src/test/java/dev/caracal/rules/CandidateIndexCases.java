package dev.caracal.rules;

import java.util.List;

/** Rules, each with events that the candidate index decides and events that it cannot. */
final class CandidateIndexCases {

    /** A rule's body, with events that are left out and events that Python is asked about. */
    record Case(String body, List<String> leftOut, List<String> asked) {

        static Case of(String body) {
            return new Case(body, List.of(), List.of());
        }

        Case leftOut(String... events) {
            return new Case(body, List.of(events), asked);
        }

        Case asked(String... events) {
            return new Case(body, leftOut, List.of(events));
        }

        String source() {
            return body.contains("def rule(")
                    ? body
                    : "def rule(event):\n    " + body.replace("\n", "\n    ");
        }
    }

    static final List<Case> ALL =
            List.of(
                    Case.of("return event.get('a') == 'x'")
                            .leftOut("{}", "{'a': 'y'}", "{'a': null}", "{'a': ['x']}")
                            .asked("{'a': 'x'}", "{'A': 'x'}"),
                    Case.of("return event.get('a')")
                            .leftOut("{'a': false}")
                            .asked("{}", "{'a': ''}", "{'a': true}", "{'a': 0}"),
                    Case.of("return event['a'] == 1").leftOut("{'a': 2}").asked("{}", "{'a': 1.0}"),
                    Case.of("return event.get('a') in {'x', 'y'}")
                            .leftOut("{'a': 'z'}", "{}")
                            .asked("{'a': 'x'}", "{'a': ['x']}", "{'a': {}}"),
                    Case.of("return 'x' in event.get('a', '')")
                            .leftOut("{'a': 'abc'}", "{}", "{'a': ['y']}", "{'a': {'y': 1}}")
                            .asked("{'a': 'axb'}", "{'a': null}", "{'a': 1}", "{'a': {'X': 1}}"),
                    Case.of("return event.deep_get('a', 'b', default='').startswith('x')")
                            .leftOut("{'a': {'b': 'y'}}", "{'a': 'x'}", "{'a': {'b': null}}")
                            .asked("{'a': {'b': 'xy'}}", "{'a': {'b': 1}}"),
                    Case.of("return event.deep_walk('a', 'b') == 'x'")
                            .leftOut("{'a': [{'b': 'x'}, {'b': 'y'}]}", "{}")
                            .asked("{'a': [{'b': 'x'}, {'b': 'x'}]}"),
                    Case.of("return 5 < event.get('a', 0) <= 10")
                            .leftOut("{}", "{'a': 5}", "{'a': 10.5}")
                            .asked("{'a': 6}", "{'a': 'x'}", "{'a': null}"),
                    Case.of(
                                    """
                                    if event.get('a') != 'x':
                                        return False
                                    import re
                                    return bool(re.search('y+', event.get('b')))""")
                            .leftOut("{}", "{'a': 'z', 'b': 'y'}")
                            .asked("{'a': 'x', 'b': 'n'}"),
                    Case.of("return any(x.lower() == 'ab' for x in event.get('a', []))")
                            .leftOut("{}", "{'a': ['x', 'y']}")
                            .asked("{'a': ['AB']}", "{'a': [1]}", "{'a': ['\u00c4']}"),
                    Case.of("return all([x.get('b') for x in event.get('a') or ()])")
                            .leftOut("{'a': [{'b': 0}]}")
                            .asked("{'a': [{'b': 1}]}", "{}"),
                    Case.of(
                                    """
                                    for x in event.get('a', []):
                                        if x == 'skip':
                                            continue
                                        if x == 'stop':
                                            break
                                        if x.endswith(('.exe', '.dll')):
                                            return True
                                    return False""")
                            .leftOut("{'a': ['skip', 'b', 'stop', 'c.exe']}", "{}")
                            .asked("{'a': ['b', 'c.dll']}"),
                    Case.of("return f\"{event.get('a')}-{event.get('b')}\" == 'None-1'")
                            .leftOut("{'b': 2}", "{'b': true}")
                            .asked("{'b': 1}", "{'b': 1.5}"),
                    Case.of(
                                    "return isinstance(event.get('a'), (str, dict)) and len(event.get('a')) > 2")
                            .leftOut("{'a': 3}", "{'a': 'ab'}", "{'a': {'b': 1}}")
                            .asked("{'a': 'abc'}"),
                    Case.of("return event.get('a', '').split('.')[-1].strip() == 'x'")
                            .leftOut("{'a': 'x.y'}", "{}")
                            .asked("{'a': 'b. x '}"),
                    Case.of(
                                    """
                                    NAMES = ['x', 'y']

                                    def known(name, names=('z',)):
                                        return name in NAMES or name in names

                                    def rule(event):
                                        return known(event.get('a')) or known(event.get('b'), names=())""")
                            .leftOut("{'a': 'q', 'b': 'z'}", "{}")
                            .asked("{'a': 'z'}", "{'b': 'y'}"),
                    Case.of(
                                    """
                                    SEEN = []

                                    def rule(event):
                                        if event.get('a') in SEEN:
                                            return True
                                        SEEN.append('x')
                                        return False""")
                            .asked("{'a': 'y'}", "{'a': 'x'}"),
                    Case.of(
                                    """
                                    SEEN = {'x': 1}

                                    def remember(things, name):
                                        things[name] = 1

                                    def rule(event):
                                        if event.get('b'):
                                            remember(SEEN, event.get('b'))
                                        return event.get('a') in SEEN""")
                            .asked("{'a': 'y'}"),
                    Case.of(
                                    """
                                    LAST = None

                                    def rule(event):
                                        global LAST
                                        if event.get('a') == LAST:
                                            return False
                                        LAST = event.get('a')
                                        return False""")
                            .asked("{'a': 'y'}"),
                    Case.of("return not event.get('a') and event.get('b') == 'x'")
                            .leftOut("{'b': 'y'}", "{'a': 1, 'b': 'x'}")
                            .asked("{'b': 'x'}"),
                    Case.of("x = [y for y in {'b', 'c'}]\nreturn x[0] == 'c'").leftOut("{}"),
                    Case.of("x = list({'b', 'c'} & {'c', 'b'})\nreturn x[0] == 'z'").asked("{}"),
                    Case.of("return event.get('a') is None").leftOut("{'a': 0}").asked("{}"),
                    Case.of("return event.get('a') > 9007199254740993")
                            .leftOut("{'a': 1}")
                            .asked(
                                    "{'a': 9007199254740994}",
                                    "{'a': 1.5}",
                                    "{'a': 99999999999999999999}"),
                    Case.of("pass").asked("{}"),
                    Case.of("while True:\n    return False").asked("{}"),
                    Case.of("try:\n    return event['a']\nexcept KeyError:\n    return False")
                            .leftOut("{}")
                            .asked("{'a': true}"),
                    Case.of("try:\n    return event['a'] > 1\nexcept ValueError:\n    return False")
                            .leftOut("{'a': 1}")
                            .asked("{}", "{'a': 'x'}"),
                    Case.of(
                                    """
                                    from ipaddress import ip_address

                                    def rule(event):
                                        try:
                                            ip_address(event.get('ip'))
                                        except ValueError:
                                            return False
                                        return event.get('a') == 'x'""")
                            .leftOut(
                                    "{}",
                                    "{'ip': 'AWS Internal'}",
                                    "{'ip': '010.0.0.1', 'a': 'x'}",
                                    "{'ip': '1.2.3.400', 'a': 'x'}",
                                    "{'ip': '1::2::3', 'a': 'x'}",
                                    "{'ip': '2001:db8::1', 'a': 'y'}")
                            .asked(
                                    "{'ip': '1.2.3.4', 'a': 'x'}",
                                    "{'ip': '2001:db8::1', 'a': 'x'}",
                                    "{'ip': '::', 'a': 'x'}",
                                    "{'ip': 1, 'a': 'x'}"),
                    Case.of(
                                    """
                                    import re
                                    ROLE = re.compile(r':assumed-role/.+/i-[0-9a-f]+$')

                                    def rule(event):
                                        if not ROLE.search(event.get('arn', '')):
                                            return False
                                        return event.get('a') == 'x'""")
                            .leftOut("{}", "{'arn': 'b:assumed-role/r/i-1', 'a': 'y'}")
                            .asked(
                                    "{'arn': 'b:assumed-role/r/i-1f', 'a': 'x'}",
                                    "{'arn': 'b:assumed-role/r/i-1\n', 'a': 'x'}",
                                    "{'arn': 1}"),
                    Case.of(
                                    """
                                    from collections.abc import Mapping
                                    from functools import reduce

                                    def deep_get(dictionary: dict, *keys, default=None):
                                        out = reduce(
                                            lambda d, key: d.get(key, default)
                                            if isinstance(d, Mapping) else default,
                                            keys, dictionary)
                                        return default if out is None else out

                                    def rule(event):
                                        return deep_get(event, 'a', 'b', default='z') == 'x'""")
                            .leftOut("{}", "{'a': {'b': 'y'}}", "{'a': 'b'}", "{'a': {'b': null}}")
                            .asked("{'a': {'B': 'x'}}"),
                    Case.of(
                                    """
                                    FOUND = {}

                                    def rule(event):
                                        global FOUND
                                        FOUND = {}
                                        for name in event.get('names', []):
                                            FOUND[name] = True
                                        return bool(FOUND)""")
                            .leftOut("{}", "{'names': []}")
                            .asked("{'names': ['x']}"),
                    Case.of(
                                    """
                                    from unittest.mock import MagicMock
                                    ALLOWED = []

                                    def rule(event):
                                        global ALLOWED
                                        if isinstance(ALLOWED, MagicMock):
                                            ALLOWED = ALLOWED()
                                        return event.get('a') == 'x' and 'x' not in ALLOWED""")
                            .leftOut("{'a': 'y'}")
                            .asked("{'a': 'x'}"),
                    Case.of(
                                    """
                                    from unittest.mock import MagicMock
                                    ALLOWED = []

                                    def rule(event):
                                        global ALLOWED
                                        if isinstance(ALLOWED, MagicMock):
                                            ALLOWED = ALLOWED()
                                        ALLOWED = MagicMock()
                                        return event.get('a') == 'x'""")
                            .asked("{'a': 'y'}"),
                    Case.of(
                                    """
                                    def rule(event):
                                        choose = {'A': lambda p: p.get('x'), 'B': lambda p: p.get('y')}
                                        chosen = choose.get(event.get('name'))
                                        if not chosen:
                                            return False
                                        return chosen(event) == 1""")
                            .leftOut("{}", "{'name': 'B', 'x': 1}")
                            .asked("{'name': 'A', 'x': 1}"),
                    Case.of("return str(event.get('a')) == \"['x', 'y']\"")
                            .leftOut("{'a': ['x']}")
                            .asked("{'a': ['x', 'y']}"),
                    Case.of("a = event.get('a')\nreturn a.keys() == ['x']")
                            .asked("{'a': {'x': 1}}"),
                    Case.of(
                                    """
                                    from datetime import datetime, timedelta
                                    import datetime as dt

                                    DAY = timedelta(days=1)

                                    def rule(event):
                                        at = datetime.strptime(event.get('at'), '%Y-%m-%d %H:%M:%S.%f')
                                        since = dt.datetime.fromisoformat(event.get('since'))
                                        return (at - since).total_seconds() > 3600 and (at - DAY).isoformat() == event.get('day')
                                    """)
                            .leftOut(
                                    "{'at': '2026-01-02 03:04:05.5', 'since': '2026-01-01T03:04:05', 'day': 'x'}")
                            .asked(
                                    "{'at': '2026-01-02 03:04:05.5', 'since': '2026-01-01T03:04:05', 'day': '2026-01-01T03:04:05.500000'}"),
                    Case.of("seen = {'x'}\nseen.add(event.get('a', 'x'))\nreturn len(seen) > 1")
                            .leftOut("{}")
                            .asked("{'a': 'y'}"),
                    Case.of("a = event.get('a', 'x')\nreturn len({a, 'x'}) > 1")
                            .leftOut("{}", "{'a': 'x'}")
                            .asked("{'a': 'y'}"),
                    Case.of(
                                    """
                                    import datetime as dt

                                    def rule(event):
                                        return dt.datetime.fromisoformat(event.get('at')).timestamp() == 1767322800.0
                                    """)
                            .leftOut("{'at': '2026-01-01T21:00:00'}")
                            .asked("{'at': '2026-01-02T03:00:00'}"),
                    Case.of(
                                    """
                                    import ipaddress

                                    def rule(event):
                                        try:
                                            return ipaddress.ip_address(event.get('a')).is_private
                                        except ValueError:
                                            return False
                                    """)
                            .leftOut("{'a': '8.8.8.8'}", "{'a': 'x'}", "{'a': '192.0.0.9'}")
                            .asked("{'a': '10.1.2.3'}", "{'a': '::1'}", "{'a': '203.0.113.5'}"),
                    Case.of(
                                    """
                                    class Base:
                                        KIND = 'x'

                                        def __init__(self, value):
                                            self.value = value

                                        def own(self):
                                            return self.value

                                        @property
                                        def both(self):
                                            return self.KIND + self.own()

                                    class Deep(Base):
                                        def __init__(self, event):
                                            super().__init__(event.get('a', ''))

                                        def own(self):
                                            return super().own() + '!'

                                    def rule(event):
                                        return Deep(event).both == 'xy!' and hasattr(Deep(event), 'value')
                                    """)
                            .leftOut("{}", "{'a': 'z'}")
                            .asked("{'a': 'y'}"),
                    Case.of(
                                    """
                                    class Missing(Exception):
                                        pass

                                    def find(event):
                                        if not event.get('a'):
                                            raise Missing('no a')
                                        return event.get('a')

                                    def rule(event):
                                        try:
                                            return find(event) == 'x'
                                        except (KeyError, Missing):
                                            return False
                                    """)
                            .leftOut("{}", "{'a': 'y'}")
                            .asked("{'a': 'x'}"),
                    Case.of(
                                    "import json\n\ndef rule(event):\n    return json.loads(event.get('a', '[]')) == [1]")
                            .leftOut("{}", "{'a': '[2]'}")
                            .asked("{'a': '[1]'}"),
                    Case.of(
                                    "seen = set(event.get('a', []))\nseen.add('z')\nreturn len({v for v in seen if v != 'z'} - {'x'}) > 1")
                            .leftOut("{}", "{'a': ['x', 'y']}")
                            .asked("{'a': ['x', 'y', 'w']}"),
                    Case.of(
                                    "import re\n\ndef rule(event):\n    return len(re.findall('[ab]+', event.get('a', ''))) > 1")
                            .leftOut("{}", "{'a': 'ab'}")
                            .asked("{'a': 'a b'}"),
                    Case.of(
                                    "if a := event.get('a'):\n    return '{}/{b}'.format(a, b=2) == 'x/2'\nreturn False")
                            .leftOut("{}", "{'a': 'y'}")
                            .asked("{'a': 'x'}"),
                    Case.of("a = event.get('a', '')\nreturn a[1:3] == 'xy'")
                            .leftOut("{}", "{'a': 'xyz'}")
                            .asked("{'a': 'wxyz'}"));

    private CandidateIndexCases() {}
}
