"""A task that always has one more byte to say."""

import sys


def work(data, marker):
    while True:
        sys.stdout.buffer.write(b"x")
        sys.stdout.buffer.flush()
