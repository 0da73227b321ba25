"""Every sentence the door shows, in English, with a note for whoever translates it.

School level 6, "you", no legal term, no accusing word, no state named, no promise. Each constant is a msgid: the
pages look it up in the catalogue of their language. `mark` does nothing but let Babel find the sentence (`pybabel
extract -k mark`).

LIMIT: the safety sentences here are drafts. A named organisation reviews them before a public door opens.
"""


def mark(sentence: str) -> str:
    """Return the sentence as it is; what stands inside is collected for translators."""
    return sentence


# The browser's tab and history show this. It must say nothing about what the page is for.
TITLE = mark("Form")
# A link at the top of every page. It must be short.
LEAVE = mark("Leave this page")
LEAVE_NOTE = mark("“Leave this page” opens an empty page at once. The history of this browser keeps this address.")
# Shown on every page of an example door.
PRACTICE = mark("Practice door: write nothing real here")
LANGUAGE = mark("Language")

# Where are you
WHERE_TITLE = mark("Where are you now?")
WHERE_LEAD = mark("This decides which page you see. We do not keep the answer.")
WHERE_SEARCHED = mark("Where I may be searched or watched")
WHERE_SEARCHED_NOTE = mark("A short page. No files. Nothing to download.")
WHERE_SAFE = mark("Somewhere safe, or writing for someone else")
WHERE_SAFE_NOTE = mark("The full page, with files if you want.")
WHERE_UNSURE = mark("If you are not sure, take the first one.")
WHERE_SEALED = mark("I have a sealed letter to hand in")
LIMITS = mark(
    "No page can keep you safe from a watched phone, a spy app, a camera or a person behind you. If you are not"
    " safe now, you can write later. What you remember will not be lost by waiting."
)

# The searched path
SEARCHED_TITLE = mark("Tell it in a few lines")
SEARCHED_LEAD = mark("You can also write later.")
SEARCHED_LATER = mark("Remember it, leave, then write from a safer phone.")
SEARCHED_WAIT = mark("What you remember is not lost by waiting.")
SEARCHED_CLOSE = mark("If anyone comes, close this page.")
SEARCHED_PROOF = mark("Do not gather proof for us. Take no pictures of this page.")
SEARCHED_WIPE = mark("You need not empty your phone. People have been stopped because things were missing.")
NO_HELP = mark("We cannot come and help.")
SEARCHED_HELP = mark(
    "Any language. No name. Not where soldiers or weapons are. Signing or serving may be punished, even when"
    " forced: you may keep that for a lawyer."
)
SEARCHED_WHO_READS = mark("Only our team reads it and keeps it. It goes to nobody else.")

# The safe path
SAFE_TITLE = mark("Tell what happened")
SAFE_LEAD = mark("No name is needed. We save nothing on this phone, but the phone itself or someone watching it may.")
SAFE_LATER = mark("If it may be checked: remember, leave, and write later from another phone.")
PUNISHED = mark(
    "Signing or serving may be punished, even when forced. You may keep that for a lawyer, and tick “I left"
    " something out”."
)
NO_POSITIONS = mark("Do not send where soldiers or weapons are. We do not want it.")

# Questions. No question leads; none but the first needs an answer.
ACCOUNT = mark("What happened?")
ACCOUNT_HELP = mark(
    "Use your own words, in any language. Start anywhere. You may leave out names. If you can, say what you saw"
    " yourself and what others told you."
)
LEFT_OUT = mark("I left something out")
SOURCE_KIND = mark("Who is telling this?")
SOURCE_VICTIM = mark("It happened to me")
SOURCE_RELATIVE = mark("I am family")
SOURCE_ACQUAINTANCE = mark("I am a friend, neighbour or co-worker")
SOURCE_WITNESS = mark("I saw it or heard of it")
SOURCE_LAWYER = mark("I am a lawyer")
SOURCE_NGO = mark("I write for an organisation")
BASIS = mark("How do you know about it?")
BASIS_SAW = mark("I was there or saw it")
BASIS_TOLD = mark("Someone told me")
BASIS_DOCUMENT = mark("From a paper, photo or video")
BASIS_INFERRED = mark("I worked it out")
WHEN = mark("When was it?")
WHEN_HELP = mark("Any way you remember it is fine: a day, a month, spring 2025, just after New Year.")
WHERE = mark("Where was it?")
WHERE_HELP = mark("As near or as far as you like: a town, a district, a region. You need not give an address.")
ACTOR = mark("Who did it?")
ACTOR_HELP = mark("For instance an office, clothes, a badge, a firm. Write only what is safe for you.")
NAME = mark("What should we call the person?")
NAME_HELP = mark(
    "You may leave this empty or make up a name. A real name is kept apart from the story. A name can harm the"
    " person or the family if it gets into the wrong hands."
)
CONSENT = mark("What may we do with it?")
CONSENT_HELP = mark("Nothing is ticked. By sending you let us keep and read it. What you leave empty, we do not do.")
CONSENT_STATISTICS = mark("Count it, with nothing about who")
CONSENT_PROSECUTOR = mark("Give it to prosecutors of the country where it happened")
CONSENT_COURT = mark("Give it to an international court")
CONSENT_UN = mark("Give it to the United Nations")
MORE_QUESTIONS = mark("More questions, if you want")
OPTIONAL = mark("Leave empty what you like.")
FILES = mark("Files")
# {size} is a number of megabytes.
FILES_HELP = mark(
    "Together up to {size} MB. A photo or film can hold the place, the time and the phone it came from. We keep"
    " it just as you send it. If you are not sure, describe it and send nothing."
)

# The tier, before and after sending
TIER_A = mark(
    "Sealed before it reached this page. Only our team can open it. The firm that gives you the net may see that"
    " you came here."
)
TIER_C = mark(
    "Sealed on arrival. For a moment this server holds your words in memory. They may stay there until it"
    " restarts, never on its disk. Who watches the line sees how long it is, and may keep it to try later."
)
SEND_TITLE = mark("Two ways to send. Both are fine")
SEND_WITHOUT = mark("Send, and keep nothing")
SEND_WITHOUT_NOTE = mark("Nothing to find on you. You cannot come back to this letter.")
SEND_WITH = mark("Send, and show me nine words")
SEND_WITH_NOTE = mark("The page to come back to is not open yet. Words on paper can be found.")

# A letter sealed elsewhere
SEALED_TITLE = mark("Hand in a sealed letter")
SEALED_LEAD = mark(
    "For a letter that was sealed before, on another phone or computer. It may be yours or someone else’s."
)
SEALED_BLIND = mark("This server cannot open it. Neither can the person who carries it.")
SEALED_SIZE = mark("It sees how large the file is, and nothing else in it.")
SEALED_WORDS = mark(
    "Never type words from a sealed letter into a web page. Replies are opened where the letter was sealed."
)
SEALED_FILE = mark("The sealed file")
# {size} is a number of megabytes.
SEALED_FILE_HELP = mark(
    "One file, up to {size} MB. Its name is not kept. On a slow line you can break off and start again."
)
SEALED_SEND = mark("Hand it in")
SEALED_NO_WORDS = mark("No words follow. If the letter has some, the person who sealed it has them.")

# After sending
SENT_TITLE = mark("It has arrived. Keep these nine words")
SENT_LEAD = mark("They are the only way back. We cannot give them to you again.")
SENT_HOW = mark(
    "Remember them, or write them as a list of things to buy. No photo, no screenshot: a picture can be found."
)
SENT_NUMBERS = mark("I would rather keep numbers")
SENT_NUMBERS_NOTE = mark("The same key, written like three telephone numbers. Keep all three, in this order.")
SENT_NEXT = mark("What happens now")
SENT_READ = mark("A person on our team reads it.")
SENT_QUESTION = mark("They cannot ask you anything yet: the page for questions is not open.")
SENT_RETURN = mark("Once it is open, the words let you add, correct, change who may see it, or ask us to erase it.")
SENT_WRONG = mark("Wrong words will open an empty box that looks the same: nobody can tell from it whether you wrote.")
SENT_SEALED = mark("How it was sealed")
SENT_BLIND = mark("This server cannot open it now. It keeps no address of your phone and no exact time.")
SENT_GO = mark("I have the words. Leave this page")
SENT_PLAIN_TITLE = mark("It has arrived")
SENT_PLAIN = mark("You keep nothing. Nobody can come back to this letter, you neither.")
SENT_AGAIN = mark("You can write again at any time.")
HANDED_IN = mark("The sealed letter has arrived. You need not keep the file.")

# When something is wrong
NOT_SENT = mark("Not sent yet")
KEPT = mark("What you typed is still on this page.")
FILES_AGAIN = mark(
    "No file has reached us. A browser does not hold files over a second try, so please choose them again."
)
ACCOUNT_EMPTY = mark("This box is empty. A few words are enough.")
ACCOUNT_EMPTY_WITH_FILES = mark("This box is empty. A few words are enough. A file can stand in for it.")
# Singular and plural; {count} is a number of letters.
TOO_LONG = (
    mark("Too long by {count} letter. Nothing is cut: move a part of it into another letter, or shorten it."),
    mark("Too long by {count} letters. Nothing is cut: move a part of it into another letter, or shorten it."),
)
CLOSED_TITLE = mark("This page takes nothing at the moment")
BACK = mark("Back to the first page")
NOT_HERE = mark("There is nothing at this address.")
