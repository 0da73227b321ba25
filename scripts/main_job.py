"""The main job from end to end, on invented people, through the commands that a person would type.

`make run` calls this. It makes the example docket in var/example, runs door, desk and collector, seals a letter
with a picture and a voice note, hands it in at the door, opens it, captures an invented article, codes claims from
both into one case, holds it against the law data, writes a bundle and checks it with openssl alone. Nothing is asked
of any other machine. Door and desk stay running; `make stop` ends them.
"""

import json
import math
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
import urllib.request
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLE = REPOSITORY / "var" / "example"
WORK = REPOSITORY / "var" / "example-letter"
# A bundle is clear text: it lies outside the docket.
LEFT = REPOSITORY / "var" / "example-bundle"
MEMBER, PASSPHRASE = "Mira Example", "practice desk practice words"
ONRECORD = [sys.executable, "-m", "onrecord"]
DOOR, DESK = "http://localhost:8470", "http://localhost:8471"
# Reached only where something hangs.
WAIT_SECONDS = 300

STORY = """I came from Tarazan in the spring of 2024 to build houses in Port Sampel.
The firm is called Granit-Example. They kept our passports "for registration".
In February, I think the second week, men from the enlistment office came to the hostel at night with two police.
They put eleven of us on a bus. At the office an officer they called Captain Muster said: sign, or you will be charged \
and go to prison.
He said the ones with families would have them sent away too.
The paper was in a language I cannot read. I signed. After nine days of training I got away.
It was a rifle regiment of the army that has held Port Sampel since 2022.
I am a citizen of Tarazan and of no other country.
"""

ARTICLE = """Hostel workers say they were bused to an enlistment office

Builders from abroad in Port Sampel report threats of prosecution.
By Ada Placeholder
2025-03-04
A bus in Port Sampel. Photo: Example Agency

Workers at a hostel in Port Sampel were taken to an enlistment office in mid-February, the Example Monitor reports.

"Those who refused were told they would be charged," the Monitor said.

The firm Granit-Example did not answer questions.
"""


def main() -> int:
    """Do the main job and return 0, or stop at the first command that fails."""
    stop_earlier()
    refuse_taken_ports()
    say("A new docket for practice: every name and place in it is invented.")
    onrecord("init", EXAMPLE, "--member", MEMBER, "--name", "Practice desk", "--example")
    start_up()
    letter = send_letter()
    source = capture_article()
    case = code(letter, source)
    assess(case)
    bundle = make_bundle(case)
    verify(bundle)
    print(f"\ndoor: {DOOR}\ndesk: {DESK}\nsign-in: {MEMBER} {PASSPHRASE}\nbundle: {bundle}")
    return 0


def stop_earlier() -> None:
    """End an earlier example and remove it."""
    subprocess.run(["sh", "scripts/stop_example.sh"], cwd=REPOSITORY, check=True)
    for folder in (EXAMPLE, WORK, LEFT):
        shutil.rmtree(folder, ignore_errors=True)
    WORK.mkdir(parents=True)
    LEFT.mkdir()
    (WORK / "passphrase").write_text(PASSPHRASE + "\n")
    (WORK / "passphrase").chmod(0o600)


def refuse_taken_ports() -> None:
    """Stop before anything is made where another program answers at the door's or the desk's address."""
    for address in (DOOR, DESK):
        port = int(address.rpartition(":")[2])
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                sys.exit(f"Another program listens on port {port}. End it first, then do this again.")


def start_up() -> None:
    """Run door, desk and collector in the background, and wait until both answer."""
    say("Door, desk and collector, each on this machine only.")
    run = EXAMPLE / "run"
    run.mkdir()
    with (run / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [*ONRECORD, "up", EXAMPLE],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (run / "up.pid").write_text(f"{process.pid}\n")
    for address in (f"{DOOR}/healthz", f"{DESK}/sign-in"):
        wait_until(
            lambda address=address: process.poll() is not None or answers(address),
            f"no answer from {address}; see {run / 'up.log'}",
        )
    if process.poll() is not None:
        sys.exit(f"Door and desk ended at once; see {run / 'up.log'}")


def send_letter() -> str:
    """Seal a letter with a picture and a voice note, hand it in at the door, and open it at the desk."""
    say("A letter: sealed before it leaves, handed in at the door, which cannot read it.")
    story, picture, voice = WORK / "story.txt", WORK / "bus.jpg", WORK / "voice.wav"
    story.write_text(STORY)
    draw_picture(picture)
    record_voice(voice)
    onrecord(
        *("letter", "write", "--text", story, "--file", picture, "--file", voice),
        *("--consent", "share_international_court", "--name", "Bahrom Invented"),
        *("--keyset", EXAMPLE / "keys" / "keyset.json", "-o", WORK / "letter.age"),
    )
    onrecord("letter", "send", WORK / "letter.age", DOOR)
    wait_until(lambda: letters() != [], "the collector took in no letter")
    onrecord("letter", "collect", "--open")
    onrecord("letter", "list")
    return str(letters()[0]["id"])


def capture_article() -> str:
    """Capture an invented article; a person confirms what is proposed and names the publisher."""
    say("A source: captured with its bytes; title, author and date are proposed and confirmed.")
    article = WORK / "article.txt"
    article.write_text(ARTICLE)
    source = asked("source", "capture", article, "--confirm", "--publisher", "The Example Gazette")
    onrecord("source", "list")
    return str(source["id"])


def code(letter: str, source: str) -> str:
    """Code claims from the letter and from the article into one case."""
    say("A case: each claim rests on the words it is coded from.")
    case = str(asked("case", "new", "Lantern")["id"])
    reported = ["--by", "reporter", "--connection", "saw", "--reliability", "B", "--credibility", "2"]
    act = claim(
        letter,
        "sign, or you will be charged and go to prison",
        ["act_type=coerced_contract", "coercion.means=detention:threatened"],
        [*reported, "--on", "new:act", "--case", case, "--victim", "new:person"],
    )["act"]
    on_act = ["--on", act]
    for words, values in (
        ("In February, I think the second week", ["event.date=2025-02~"]),
        ('They kept our passports "for registration"', ["coercion.means=document_retention:carried_out"]),
        ("the ones with families would have them sent away too", ["coercion.means=family_targeted:threatened"]),
        (
            "men from the enlistment office came to the hostel at night",
            ["actor.kind=military_commissariat", "hands.of=power"],
        ),
        ("The paper was in a language I cannot read", ["deception.means=paper_not_understood"]),
        ("I signed. After nine days of training I got away", ["recruit.stage=in_training"]),
        ("It was a rifle regiment", ["recruit.force=armed_forces"]),
        ("the army that has held Port Sampel since 2022", ["place.status=occupied"]),
        ("a citizen of Tarazan and of no other country", ["victim.bond=neutral_national", "victim.status=civilian"]),
        ("of no other country", ["victim.power_citizenship=none"]),
    ):
        claim(letter, words, values, [*reported, *on_act])
    claim(
        source,
        "Those who refused were told they would be charged",
        ["coercion.means=detention:threatened"],
        [*on_act, "--by", source, "--by", "Example Monitor", "--manner", "direct quotation"],
    )
    onrecord("case", "show", case)
    onrecord("ledger", "audit")
    return case


def assess(case: str) -> None:
    """Hold the case against the law data: what could hurt the person, what is on file, what to find out first."""
    say("The law as data: which elements the claims bear on, and what is missing. Never a finding.")
    onrecord("law", "assess", case, "--brief")


def make_bundle(case: str) -> Path:
    """Write a bundle on two named bases: the reporter's consent, and a publication."""
    say("A bundle for a court: what has no basis stays, and is listed.")
    bundle = LEFT / "lantern"
    onrecord("bundle", "make", case, "--basis", "consent", "--basis", "public_source", "-o", bundle)
    return bundle


def verify(bundle: Path) -> None:
    """Check the bundle with a shell and openssl alone."""
    say("The check, by a shell and openssl alone, with the root key that a court got by another way.")
    keys = WORK / "keys-from-elsewhere"
    keys.mkdir()
    onrecord("bundle", "key", "-o", keys / "root.pem")
    print(f"$ sh {bundle / 'verify.sh'} {keys}", flush=True)
    subprocess.run(["sh", bundle / "verify.sh", keys], check=True)


def claim(exhibit: str, words: str, values: list[str], rest: list[str]) -> dict[str, Any]:
    """Code the passage that holds these words."""
    chosen = [option for value in values for option in ("--value", value)]
    return asked("claim", "code", exhibit, "--words", words, "--kind", "act", *chosen, *rest)


def draw_picture(path: Path) -> None:
    """Draw a night, a building and a bus."""
    image = Image.new("RGB", (640, 420), "#202a33")
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((60, 60, 300, 330), fill="#3d4a55")
    for x in range(80, 280, 50):
        for y in range(90, 300, 60):
            canvas.rectangle((x, y, x + 25, y + 30), fill="#e8c96a")
    canvas.rounded_rectangle((340, 220, 600, 330), radius=14, fill="#7c8f86")
    for x in (390, 545):
        canvas.ellipse((x - 24, 306, x + 24, 354), fill="#11161a")
    canvas.text((352, 236), "PRACTICE PICTURE: INVENTED", fill="#11161a")
    image.save(path, quality=85)


def record_voice(path: Path) -> None:
    """Write two seconds of a tone: a stand-in for a voice, which belongs to nobody."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        tones = (math.sin(place * 2 * math.pi * 220 / 8000) * 8000 for place in range(16000))
        file.writeframes(b"".join(struct.pack("<h", int(tone)) for tone in tones))


def onrecord(*arguments: str | Path) -> None:
    """Show a command, run it, and stop everything if it fails."""
    show(arguments)
    done = subprocess.run([*ONRECORD, *arguments], env=environment(), check=False)
    if done.returncode:
        sys.exit(f"That command ended with {done.returncode}. Nothing after it was done.")


def asked(*arguments: str | Path) -> dict[str, Any]:
    """Run a command for its JSON answer."""
    show(arguments)
    done = subprocess.run([*ONRECORD, *arguments, "--json"], env=environment(), check=False, stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit(f"That command ended with {done.returncode}. Nothing after it was done.")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def letters() -> list[dict[str, Any]]:
    """Return the letters that the docket holds."""
    command = [*ONRECORD, "letter", "list", "--json"]
    done = subprocess.run(command, env=environment(), check=True, stdout=subprocess.PIPE)
    items: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return items


def environment() -> dict[str, str]:
    """Return what the commands find around them: which docket, and where its passphrase is."""
    return os.environ | {"ONRECORD_DOCKET": str(EXAMPLE), "ONRECORD_PASSPHRASE_FILE": str(WORK / "passphrase")}


def answers(address: str) -> bool:
    """Tell whether a program answers at an address of this machine."""
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    """Wait until something is so, or stop everything and say why."""
    end = time.monotonic() + WAIT_SECONDS
    while not is_so():
        if time.monotonic() > end:
            sys.exit(otherwise)
        time.sleep(0.3)


def show(arguments: tuple[str | Path, ...]) -> None:
    """Print a command as a person would type it."""
    words = [str(argument) for argument in arguments]
    print("$ onrecord " + " ".join(f'"{word}"' if " " in word else word for word in words), flush=True)


def say(sentence: str) -> None:
    """Print what comes next."""
    print(f"\n== {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
