"""A task whose answer has no end."""

import sys


def work(data, marker):
    while True:
        sys.stdout.buffer.write(b"x" * 65536)
