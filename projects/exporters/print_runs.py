"""Places to break a line within text without spaces, for print.

Where nothing in a text may be broken, the PDF renderer sets all that is left of it again for each of its lines: the
time grows with the square of its length, and a single text can hold up the worker for minutes.
"""

import re
import unicodedata

LONGEST_RUN = 80
_BREAK = "<wbr>"
# Marks pile up on one character: at some point the run is broken before one all the same.
_LONGEST_CLUSTER = 16

_PARTS = re.compile(r"""(<svg\b.*?</svg>|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_WITHIN_LINE = re.compile(r"</?(?:a|bdi|code|em|span|strong)\b")
_WORDS = re.compile(r"([ \t\n\r\f]+)")
_CHARACTER = re.compile(r"&(?:#\w+|\w+);|.", re.DOTALL)
_JOINER = "\u200d"


def with_breaks(content: str) -> str:
    """HTML in which no line holds more than `LONGEST_RUN` characters in a row without a place to break it.

    A mark that belongs to the character before it stays with that, and what is copied from paper is the text as it was
    typed. Attributes and pictures are left alone.
    """
    written: list[str] = []
    run = 0
    for place, part in enumerate(_PARTS.split(content)):
        if place % 2:
            run = run if _WITHIN_LINE.match(part) else 0
            written.append(part)
            continue
        for word_place, word in enumerate(_WORDS.split(part)):
            if word_place % 2:
                run = 0
            elif run + len(word) > LONGEST_RUN:
                word, run = _broken(word, run)
            else:
                run += len(word)
            written.append(word)
    return "".join(written)


def _broken(word: str, run: int) -> tuple[str, int]:
    """The word after a run of so many characters with its breaks, and how long the run at its end is."""
    written: list[str] = []
    before = ""
    for match in _CHARACTER.finditer(word):
        character = match[0]
        is_free = not (before == _JOINER or _goes_on(character))
        if run >= LONGEST_RUN or (run >= LONGEST_RUN - _LONGEST_CLUSTER and is_free):
            written.append(_BREAK)
            run = 0
        written.append(character)
        run += 1
        before = character
    return "".join(written), run


def _goes_on(character: str) -> bool:
    """Whether it changes the character before it: a mark, a joiner, the colour of a skin."""
    if len(character) > 1:
        return False
    is_skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return character == _JOINER or is_skin_tone or unicodedata.category(character).startswith("M")
