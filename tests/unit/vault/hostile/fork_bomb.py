"""A task that tries to fill the machine with processes that outlive it."""

import os
import time


def work(data, marker):
    while True:
        try:
            if os.fork() == 0:
                os.setsid()
        except BlockingIOError:
            time.sleep(0.01)
