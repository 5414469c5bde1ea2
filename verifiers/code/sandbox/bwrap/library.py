"""A compiled program: a library without a name, whose `main` is called on a stack of its own size."""

import binascii
import ctypes
import os
import sys
import threading

# Contests give the stack as much as the memory; so much of it is address space alone until it is used.
STACK_BYTES = 256 << 20


def nameless_file(content):
    """A file in the scratch folder that has no name there, read from its beginning."""
    file, data = os.open("/tmp", os.O_TMPFILE | os.O_RDWR, 0o600), memoryview(content)
    while data:
        data = data[os.write(file, data) :]
    os.lseek(file, 0, os.SEEK_SET)
    return file


def placed(encoded):
    """The library as a file, of its base64. Before the limits on files are set, and no program runs yet."""
    return nameless_file(binascii.a2b_base64(encoded))


def run_main(file):
    """Loads the library, which runs what it does before `main`, calls `main`, and ends the process as C does."""

    def run():
        try:
            program = ctypes.CDLL("/proc/self/fd/%d" % file)
            main = program.main
        except (OSError, AttributeError):
            os.write(2, b"the program cannot be loaded, or has no main")
            os._exit(70)
        os.close(file)
        arguments = (ctypes.c_char_p * 2)(b"solution", None)
        ctypes.CDLL(None).exit(main(1, arguments))

    sys.setrecursionlimit(1000)
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    os._exit(70)
