"""Takes away what would reach the JVM's own process: signals, which GraalPy sends and catches for real."""

import _signal
import os
import posix
import signal

_REACHING_OUT = {
    (_signal, signal): ("alarm", "raise_signal", "set_wakeup_fd", "setitimer", "siginterrupt", "signal"),
    (posix, os): ("kill", "killpg", "setpgid", "setpgrp", "setsid", "umask"),
}


def _refusal(name):
    def refuse(*arguments, **named):
        raise PermissionError(name + "() reaches out of the sandbox")

    return refuse


for modules, names in _REACHING_OUT.items():
    for module in modules:
        for name in names:
            if hasattr(module, name):
                setattr(module, name, _refusal(name))
