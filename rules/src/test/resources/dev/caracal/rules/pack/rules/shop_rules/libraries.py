from datetime import datetime, timedelta, timezone

import boto3
import jsonpath_ng
import pycountry
import requests
from dateutil import parser, tz
from jsonpath_ng.ext import parse
from policyuniverse.policy import Policy


def fails(error, call):
    try:
        call()
    except error:
        return True
    return False


def statement(**more):
    return {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", **more}]}


def open_to_all(**more):
    return Policy(statement(**more)).is_internet_accessible()


TIMES = {
    "2024-02-03T04:05:06Z": datetime(2024, 2, 3, 4, 5, 6, tzinfo=timezone.utc),
    "2024-02-03 04:05:06.7": datetime(2024, 2, 3, 4, 5, 6, 700000),
    "2024-02-03 04:05:06.123456789": datetime(2024, 2, 3, 4, 5, 6, 123456),
    "2024-02-03T04:05:06+0130": datetime(2024, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(minutes=90))),
    "2024-02-03": datetime(2024, 2, 3),
    "20240203T040506Z": datetime(2024, 2, 3, 4, 5, 6, tzinfo=timezone.utc),
    "Sat, 03 Feb 2024 04:05:06 GMT": datetime(2024, 2, 3, 4, 5, 6, tzinfo=timezone.utc),
    "Sat Feb  3 04:05:06 2024": datetime(2024, 2, 3, 4, 5, 6),
    "Feb 3, 2024 4:05 PM": datetime(2024, 2, 3, 16, 5),
    "02/03/2024 04:05:06": datetime(2024, 2, 3, 4, 5, 6),
    "03/Feb/2024:04:05:06 +0000": datetime(2024, 2, 3, 4, 5, 6, tzinfo=timezone.utc),
    "2024-02-03 04:05:06 UTC": datetime(2024, 2, 3, 4, 5, 6, tzinfo=tz.tzutc()),
}

EVENT = {"a": {"b": [{"c": 1}, {"c": 2}]}, "d-e": 3}


def values(path):
    return [match.value for match in parse(path).find(EVENT)]


def rule(event):
    checks = {text: parser.parse(text) == time for text, time in TIMES.items()}
    checks.update(
        {
            "no time": fails(parser.ParserError, lambda: parser.parse("soon"))
            and fails(ValueError, lambda: parser.parse("2024-13-01"))
            and fails(TypeError, lambda: parser.parse(None)),
            "paths": values("$.a.b[*].c") == [1, 2]
            and values("a.b[-1].c") == [2]
            and values("$..c") == [1, 2]
            and values("$['d-e']") == [3]
            and values("a.b[0:1].c") == [1]
            and values("a.x") == []
            and str(parse("$.a.b[1].c").find(EVENT)[0].full_path) == "a.b.[1].c",
            "no path": fails(jsonpath_ng.JSONPathError, lambda: parse("a[")),
            "countries": pycountry.countries.get(alpha_2="ch").name == "Switzerland"
            and pycountry.countries.get(alpha_3="CHE").alpha_2 == "CH"
            and pycountry.countries.lookup("Peru").alpha_2 == "PE"
            and pycountry.countries.get(alpha_2="XX") is None
            and len(pycountry.countries) > 240,
            "policy": open_to_all()
            and open_to_all(Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}})
            and open_to_all(Condition={"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}})
            and not open_to_all(Effect="Deny")
            and not open_to_all(Principal={"AWS": "arn:aws:iam::111122223333:root"})
            and open_to_all(Principal={"AWS": ["arn:aws:iam::111122223333:root", "*"]})
            and not open_to_all(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}})
            and not open_to_all(Condition={"IpAddress": {"aws:SourceIp": ["198.51.100.0/24"]}})
            and Policy(statement()).statements[0].principals == {"*"}
            and Policy(statement(Condition={"ArnLike": {"aws:SourceArn": "arn:x"}})).statements[0].condition_entries[0].category
            == "arn",
            "network": fails(RuntimeError, lambda: requests.get("https://example.com"))
            and fails(RuntimeError, lambda: boto3.resource("dynamodb").Table("t").get_item())
            and issubclass(requests.exceptions.HTTPError, requests.RequestException),
        }
    )
    failed = [name for name, holds in checks.items() if not holds]
    assert not failed, failed
    return True
