# The trial's mail server: takes every mail on loopback and keeps it in a Maildir. It ends when its parent's pipe closes,
# so that a killed Tera leaves nothing behind.
import os
import socket
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


controller = Controller(Mailbox(sys.argv[1]), hostname="127.0.0.1", port=free_port(), data_size_limit=64 * 1024 * 1024)
controller.start()
print(controller.port, flush=True)
sys.stdin.buffer.read()
os._exit(0)
