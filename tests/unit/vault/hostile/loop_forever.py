"""A task that never ends."""


def work(data, marker):
    while True:
        pass
