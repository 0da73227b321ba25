"""A task that answers, closes its mouth, and stays."""

import os
import time


def work(data, marker):
    os.write(1, b"{}\nanswer")
    os.close(1)
    time.sleep(3600)
