"""A task that asks for eight gigabytes."""


def work(data, marker):
    hoard = []
    for _ in range(8):
        hoard.append(bytearray(1024**3))
        for place in range(0, len(hoard[-1]), 4096):
            hoard[-1][place] = 1
    return b"got them", {}
