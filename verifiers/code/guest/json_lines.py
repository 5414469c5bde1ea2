"""Values as lines of JSON and back, by the C functions that `json` itself ends in.

A forked process copies every page that it touches, those of Python functions too, and these copies are most of what a
short program costs. It also leaves nothing in `json` that a program could replace.
"""

import json.decoder
import json.encoder

scan = json.decoder.JSONDecoder().scan_once


def refuse(value):
    raise TypeError("no JSON: " + type(value).__name__)


encode = json.encoder.c_make_encoder(
    None, refuse, json.encoder.encode_basestring_ascii, None, ": ", ", ", False, False, True
)


def dumps(value):
    return "".join(encode(value, 0))


def loads(line):
    """The value of a line that is known to be JSON and begins with it."""
    return scan(line, 0)[0]
