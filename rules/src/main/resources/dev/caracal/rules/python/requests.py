"""Rules have no network: requests can be imported, and refuses each call."""


class RequestException(IOError):
    pass


class HTTPError(RequestException):
    pass


class ConnectionError(RequestException):
    pass


class Timeout(RequestException):
    pass


class exceptions:
    RequestException = RequestException
    HTTPError = HTTPError
    ConnectionError = ConnectionError
    Timeout = Timeout


def _refused(name):
    def refuse(*args, **kwargs):
        raise RuntimeError("rules have no network; requests.%s was called" % name)

    return refuse


get, post, put, patch, delete, head, options, request = map(
    _refused, ("get", "post", "put", "patch", "delete", "head", "options", "request")
)
Session = session = _refused("Session")
