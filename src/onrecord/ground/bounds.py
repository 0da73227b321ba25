"""Every limit that has a reason, with its reason.

Sizes are bytes unless the name says otherwise. A limit protects a person, a disk or a proof; none is a matter of taste.
"""

KIB = 1024
MIB = 1024 * KIB

# An age payload is sealed in chunks of 64 KiB (C2SP age, section "Payload"); reading and writing follow it.
CHUNK_BYTES = 64 * KIB

# Files are read in pieces small enough that a piece and its sealed copy stay in the processor's cache: larger ones are
# measurably slower.
READ_BYTES = 256 * KIB

# A stranger's age header is read into memory before anything is authenticated, so it must stay small. A hybrid one is
# about 1.6 kB; 64 kB leaves room for twenty recipients.
AGE_HEADER_BYTES = 64 * KIB
AGE_STANZAS = 64

# scrypt doubles time and memory with each step. 2^18 is what the age CLI writes; above 2^20 a stranger's file could
# occupy the machine for minutes.
SCRYPT_LOG2_MAX = 20
SCRYPT_LOG2 = 18

# What a person types into the door's form. Longer than any account seen; short enough to be held in memory many times.
ACCOUNT_CHARACTERS = 100_000
LINE_CHARACTERS = 2_000
FORM_TEXT_BYTES = 512 * KIB
# Every box of the longest page ticked, and as many files as a letter takes.
FORM_FIELDS = 400

# Every opened box is one page of this size, empty or full: style, questions in the longest script, and the messages.
MAILBOX_PAGE_BYTES = 32 * KIB

# A line that is silent for two minutes is broken or holds a place on purpose; over Tor a chunk takes seconds.
PATIENCE_SECONDS = 120

# Who sends a byte a minute is never silent and could hold a place for years. After those two minutes a letter must have
# come at this rate; the slowest telephone lines, and Tor over them, are faster.
SLOWEST_BYTES_PER_SECOND = 256

# Each letter under way holds up to a megabyte. Sixty-four at once keep the door under 96 MiB with room to spare.
LETTERS_AT_ONCE = 64

# The last room is kept for letters of text: a thousand of them, when every file is refused.
TEXT_ROOM_BYTES = 128 * MIB

# What may wait in a spool in all, whatever its disk could hold: others live on that disk, and people have to open it. A
# door may not count a bucket; there it is what one process takes in within an hour. Sixteen letters of the largest
# size leave room for a hundred thousand of text.
SPOOL_BYTES = 16 * 1024 * MIB

# What a script works when an eighth of the room went within one hour: 2^14 hashes are a blink, 2^22 half a minute on an
# old telephone. Above that, people would give up before machines do.
WORK_BITS = 14
WORK_BITS_MOST = 22

# Then, letters without work go through one a second, and no more wait than a browser has patience for.
QUEUE_SECONDS = 1
QUEUE_LETTERS = 16

# S3 takes an object in parts of at least 5 MiB. So much of each long file is held by a door whose spool is a bucket.
BUCKET_PART_BYTES = 5 * MIB

# A sealed letter of text, 64 KiB and a header, is held until it is whole. Sixty-four of them are 8 MiB.
HELD_BYTES = 2 * CHUNK_BYTES

# What one reporter may send in one letter, files included (door and desk agree on it).
LETTER_BYTES = 512 * MIB
LETTER_FILES = 100
LETTER_JSON_BYTES = 1 * MIB
FILE_NAME_CHARACTERS = 200

# Linux holds 255 bytes in a name; a little room stays for the number or suffix that a bundle adds.
FILE_NAME_BYTES = 230

# The longest form asks about forty questions; a stranger's letter must not make the desk draw thousands of rows.
LETTER_ANSWERS = 200

# A name and a contact, whatever their length, seal to one size: the part would otherwise tell how long the name is.
IDENTITY_BYTES = 4 * KIB

# Every box is of this size, so that an empty one looks like a full one. The texts in it, escaped as a page writes them,
# leave room in one constant page of the mailbox beside its own words.
BOX_BYTES = 8 * KIB
BOX_TEXT_BYTES = 6000

# The rungs below 1 MiB hide every text letter among all others; above, Padme wastes at most 12 %.
PADDING_RUNGS = (64 * KIB, 256 * KIB, MIB)

# A keyset lives one epoch. A longer one would let an old stolen key open new letters.
EPOCH_DAYS = 90

# So long before it ends, everything that knows of it says so: the root key lies elsewhere and has to be fetched.
KEYSET_WARNING_DAYS = 14

# A keyset of twenty hybrid recipients and a hundred signers is about 100 kB; it is read whole before it is checked.
KEYSET_BYTES = 256 * KIB

# An entry is a line of a ledger, not a place for files.
ENTRY_BYTES = 256 * KIB

# A clock may step back a little when it is set by the network; more than this would put entries in a false order.
CLOCK_SLACK_SECONDS = 120

# Public checkpoints are padded to the next multiple, so that the size does not tell how many letters came.
CHECKPOINT_MULTIPLE = 256

# Public tiles hold this many hashes (C2SP tlog-tiles).
TILE_WIDTH = 256

# Below this much free space nothing new is taken in: what was taken must still be readable and the ledger writable.
FREE_BYTES = 64 * MIB

# Argon2id as RFC 9106 section 4 recommends where memory is scarce (second choice: 3 passes, 64 MiB, 4 lanes).
ARGON2_PASSES = 3
ARGON2_MEMORY_KIB = 64 * 1024
ARGON2_LANES = 4
# A key file says what its passphrase costs. One that was changed must not keep the machine busy for a night.
ARGON2_MOST = {"passes": 16, "memory_kib": 1024 * 1024, "lanes": 16}

# A passphrase guards every key of a member against whoever copies the folder.
PASSPHRASE_CHARACTERS = 16

# A proof reads about three tiles; 4,096 folded tiles hold a million entries' hashes in 64 MiB, and a desk that
# proves one case at a time fills a hundredth of it.
FOLDED_TILES = 4096

# A checkpoint is read before it is verified. C2SP signed-note asks readers to take at least 16 signatures, and a
# post-quantum one may take 7 kB in base64.
NOTE_BYTES = 128 * KIB
NOTE_SIGNATURES = 100

# A page longer than this is a book or an attack; it is kept as an exhibit, and no reading of it is proposed.
READING_TEXT_BYTES = 4 * MIB

# What a page says about itself is looked for in this much of it: one made to be slow then costs seconds, not minutes.
PAGE_CHARACTERS = 200_000

# What a stranger's file may cost while it is read in the sandbox. Longer pages and larger pictures than these exist,
# but not as evidence of one case; the exhibit is kept whole either way.
SANDBOX_SECONDS = 30
SANDBOX_INPUT_BYTES = 64 * MIB
SANDBOX_MEMORY_BYTES = 1024 * MIB
SANDBOX_OUTPUT_BYTES = 64 * MIB
SANDBOX_FACTS_BYTES = 64 * KIB
# Two files at once keep two processors busy; more would only multiply the memory they may take.
SANDBOX_AT_ONCE = 2

# A picture of 64 million pixels takes 256 MB once unpacked; a bomb claims thousands of times its own size.
IMAGE_PIXELS = 64_000_000

# Onrecord's law data was first written in this decade: a signature of an earlier year is a slip of the pen.
FIRST_YEAR_OF_LAW_DATA = 2024

# So much of a SHA-256 is typed from paper without a slip, and no other text of the law data begins with it by chance.
SHA256_LETTERS = 12
