"""Keep a spool and its boxes in a bucket that speaks S3: several doors, one bucket, and no door can read a letter.

A door needs leave to put objects below `letters/` and to get those below `boxes/`, and nothing else; the desk's own
credentials read, list and remove. A piece has its name only when it is whole. A small one is put on the condition that
the name is free; a long one goes up in parts, for which S3 knows no such condition: its name is random.

LIMIT: the bucket's owner sees the second in which each object came, its size, and the address of the door that put it.
LIMIT: a door may not ask how full a bucket is. Each process counts what it takes in within an hour, and forgets it with
the hour; how much lies in the bucket is bounded by its owner's quota alone, and a refused piece is said as SpoolFull.
LIMIT: a door may not delete, so parts that were given up stay until the desk sweeps, and uploads that broke off
until the bucket's own rule for them (docs/guide/operator.md).
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PermissionDeniedError
from obstore.store import S3Store

from onrecord.errors import BadInput, OnrecordError
from onrecord.ground.bounds import BUCKET_PART_BYTES, CHUNK_BYTES, SPOOL_BYTES, TEXT_ROOM_BYTES
from onrecord.ground.clock import Clock, SystemClock
from onrecord.ground.ids import RandomBytes, is_id, new_id
from onrecord.store.boxes import SEED_BYTES, BoxesSilent, NotAMailbox
from onrecord.store.spool import LETTER, PART, ArrivalMissing, NoRoomForFiles, SpoolFull, Stored

if TYPE_CHECKING:
    from obstore import WritableFile

_SWEPT_AFTER: Final = timedelta(days=1)
_ASKED: Final = {"endpoint", "region"}
_SEED_KEY: Final = "boxes/seed"


class NotABucket(BadInput):
    """This is not the address of a bucket."""

    next_step = "Write it as s3://BUCKET/FOLDER?endpoint=https://HOST&region=NAME."


class BucketSilent(OnrecordError):
    """The bucket does not answer as it should."""

    next_step = "Try again in a minute. An operator looks whether it can be reached and its credentials are set."
    http_status = 503


def open_bucket(place: str) -> S3Store:
    """Return a folder of a bucket; credentials come from the environment, as AWS_ACCESS_KEY_ID and its like."""
    address = urlsplit(place)
    asked = {name: values[-1] for name, values in parse_qs(address.query).items()}
    if address.scheme != "s3" or not address.netloc or not asked.keys() <= _ASKED:
        raise NotABucket
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        endpoint=asked.get("endpoint"),
        region=asked.get("region"),
        client_options={"allow_http": asked.get("endpoint", "").startswith("http://")},
        # Whoever waits at the door is told in seconds, not after three minutes.
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=10)},
    )


class S3Spool:
    """Letters below `letters/` in a bucket."""

    def __init__(
        self,
        bucket: S3Store,
        *,
        clock: Clock | None = None,
        random: RandomBytes = secrets.token_bytes,
        most_bytes: int = SPOOL_BYTES,
    ) -> None:
        self._bucket = bucket
        self._clock = clock or SystemClock()
        self._random = random
        self._most_bytes = most_bytes
        self._hour = self._clock.now()
        self._taken_bytes = 0

    def begin(self) -> "S3Arrival":
        """Begin an arrival; raise SpoolFull where enough came within this hour."""
        self.check_room()
        return S3Arrival(self, self._bucket, new_id(self._random))

    def check_room(self, wanted_bytes: int = 0) -> None:
        """Raise SpoolFull, or NoRoomForFiles, unless this many bytes may still come within this hour."""
        if self.room_bytes() < wanted_bytes:
            raise NoRoomForFiles if wanted_bytes else SpoolFull

    def room_bytes(self) -> int:
        """Return how much this process may still take in within this hour."""
        hour = self._clock.now().replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._taken_bytes = hour, 0
        return self._most_bytes - self._taken_bytes

    def note(self, size_bytes: int) -> None:
        """Note that so many bytes were taken in. A door may not delete, so none are given up."""
        self._taken_bytes += size_bytes

    def arrivals(self) -> list[str]:
        """Return the names of complete arrivals, in an order that has nothing to do with time."""
        return sorted(arrival for arrival, names in self._pieces("letters/").items() if LETTER in names)

    def parts(self, arrival: str) -> list[str]:
        """Return the names of an arrival's parts."""
        names = self._pieces(f"letters/{arrival}/").get(arrival, {}) if is_id(arrival) else {}
        if not names:
            raise ArrivalMissing
        return sorted((name for name in names if PART.fullmatch(name)), key=lambda name: (len(name), name))

    def size_bytes(self, arrival: str, name: str = LETTER) -> int:
        """Return the size of one sealed piece; raise ArrivalMissing."""
        try:
            return int(obstore.head(self._bucket, _key(arrival, name))["size"])
        except FileNotFoundError:  # obstore says it in Python's own words
            raise ArrivalMissing from None
        except BaseError:
            raise BucketSilent from None

    def read(self, arrival: str, name: str = LETTER) -> Iterator[bytes]:
        """Yield the bytes of one sealed piece; raise ArrivalMissing."""
        try:
            for chunk in obstore.get(self._bucket, _key(arrival, name)).stream(min_chunk_size=CHUNK_BYTES):
                yield bytes(chunk)
        except FileNotFoundError:  # obstore says it in Python's own words
            raise ArrivalMissing from None
        except BaseError:
            raise BucketSilent from None

    def remove(self, arrival: str) -> None:
        """Remove an arrival that is safely elsewhere. Its letter goes first: half an arrival is never seen as whole."""
        parts = self.parts(arrival)
        try:
            for name in (LETTER, *parts):
                obstore.delete(self._bucket, _key(arrival, name))
        except BaseError:
            raise BucketSilent from None

    def sweep(self) -> int:
        """Remove what was left without a letter for more than a day, and return how many there were."""
        oldest = self._clock.now() - _SWEPT_AFTER
        dead = [
            arrival
            for arrival, names in self._pieces("letters/").items()
            if LETTER not in names and max(names.values()) < oldest
        ]
        for arrival in dead:
            self.remove(arrival)
        return len(dead)

    def _pieces(self, prefix: str) -> dict[str, dict[str, datetime]]:
        """Return what lies in each arrival, and since when."""
        found: dict[str, dict[str, datetime]] = {}
        try:
            for each in (each for page in obstore.list(self._bucket, prefix) for each in page):
                *_, arrival, name = each["path"].split("/")
                if is_id(arrival):
                    found.setdefault(arrival, {})[name] = each["last_modified"]
        except BaseError:
            raise BucketSilent from None
        return found


class S3Arrival:
    """An arrival while it is written."""

    def __init__(self, spool: S3Spool, bucket: S3Store, name: str) -> None:
        self._spool = spool
        self._bucket = bucket
        self._parts = 0
        self.name = name

    def part(self) -> "S3Piece":
        """Begin a part."""
        self._parts += 1
        return S3Piece(self._spool, self._bucket, self.name, f"part-{self._parts:02}.age")

    def letter(self) -> "S3Piece":
        """Begin the letter; when it is finished, so is the arrival."""
        return S3Piece(self._spool, self._bucket, self.name, LETTER)

    def complete(self) -> None:
        """Do nothing: a piece that was put is safe."""

    def discard(self) -> None:
        """Do nothing: a door may not delete. What has no letter is nobody's, and the desk sweeps it."""


class S3Piece:
    """One sealed piece while it is written: held while it is short, then sent in parts."""

    def __init__(self, spool: S3Spool, bucket: S3Store, arrival: str, name: str) -> None:
        self._spool = spool
        self._bucket = bucket
        self._name = name
        self._key = _key(arrival, name)
        self._held = bytearray()
        self._long: WritableFile | None = None
        self._digest = hashlib.sha256()
        self._size_bytes = 0

    def write(self, data: bytes | bytearray) -> None:
        """Write sealed bytes; raise SpoolFull where the bucket takes no more."""
        self._digest.update(data)
        self._size_bytes += len(data)
        self._spool.note(len(data))
        self._held += data
        if len(self._held) > BUCKET_PART_BYTES:
            self._spool.check_room(TEXT_ROOM_BYTES)  # no letter of text is so long
            self._send()

    def finish(self) -> Stored:
        """Store the piece under its name and say what was stored."""
        try:
            if self._long is None:
                obstore.put(self._bucket, self._key, bytes(self._held), mode="create", use_multipart=False)
            else:
                self._send()
                self._long.close()
        except (BaseError, OSError):
            raise SpoolFull from None
        return Stored(self._name, self._digest.hexdigest(), self._size_bytes)

    def abandon(self) -> None:
        """Forget an unfinished piece: it has no name, and the bucket's own rule ends its upload."""
        self._long = None

    def _send(self) -> None:
        try:
            if self._long is None:
                self._long = obstore.open_writer(
                    self._bucket, self._key, buffer_size=BUCKET_PART_BYTES, max_concurrency=1
                )
            self._long.write(bytes(self._held))
        except (BaseError, OSError):
            raise SpoolFull from None
        self._held.clear()


class S3Boxes:
    """Boxes below `boxes/` in a bucket."""

    def __init__(self, bucket: S3Store) -> None:
        self._bucket = bucket
        self._seed = b""

    def read(self, mailbox: str) -> bytes | None:
        """Return a mailbox's box, or None if it has none; raise NotAMailbox or BoxesSilent."""
        return self._get(_box_key(mailbox))

    def put(self, mailbox: str, data: bytes) -> None:
        """Put a box in the place of an older one: a reader gets the old bytes or the new; raise NotAMailbox."""
        key = _box_key(mailbox)
        try:
            if not self.seed():
                with suppress(AlreadyExistsError):  # by another process, in this moment
                    self._put(_SEED_KEY, secrets.token_bytes(SEED_BYTES), mode="create")
            self._put(key, data, mode="overwrite")
        except BaseError:
            raise BucketSilent from None

    def seed(self) -> bytes:
        """Return the seed that lies beside the boxes, the same for ever; nothing before the first box was put."""
        self._seed = self._seed or self._get(_SEED_KEY) or b""
        return self._seed

    def _get(self, key: str) -> bytes | None:
        try:
            return bytes(obstore.get(self._bucket, key).bytes())
        except (FileNotFoundError, PermissionDeniedError):
            return None  # whoever may not list is told "not allowed" of what is not there
        except BaseError:
            raise BoxesSilent from None

    def _put(self, key: str, data: bytes, *, mode: Literal["create", "overwrite"]) -> None:
        obstore.put(self._bucket, key, data, mode=mode, use_multipart=False)


def _key(arrival: str, name: str) -> str:
    if not is_id(arrival) or (name != LETTER and not PART.fullmatch(name)):
        raise ArrivalMissing
    return f"letters/{arrival}/{name}"


def _box_key(mailbox: str) -> str:
    if not is_id(mailbox):
        raise NotAMailbox
    return f"boxes/{mailbox}.age"
