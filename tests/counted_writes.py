"""Part of a program that a test lets die: it counts each write that must survive, and ends just before a chosen one.

The program sets `dies_at` before it works. Every such write goes through one of these calls; `os` is imported before.
"""

COUNTED_WRITES = """
from django.db.backends.base.base import BaseDatabaseWrapper

writes = dies_at = 0

def counting(call):
    def write(*arguments, **options):
        global writes
        writes += 1
        if writes == dies_at:
            os._exit(9)
        return call(*arguments, **options)
    return write

for name in ("fsync", "link", "unlink", "rename", "replace"):
    setattr(os, name, counting(getattr(os, name)))
BaseDatabaseWrapper._commit = counting(BaseDatabaseWrapper._commit)
"""
