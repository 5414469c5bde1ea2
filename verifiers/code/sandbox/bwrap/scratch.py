"""The one folder that a program may write to: what was done to it, how much lies in it, and how it is emptied."""

import os

FOLDER = "/tmp"
MOST_FILES = 1000
state = {}


def begin():
    """Remembers the folder as it is now, untouched."""
    state["first"] = state["last"] = changed()


def changed():
    """Changes with every change to the folder itself: what is made in it, its mode, its times, its attributes."""
    return os.stat(FOLDER).st_ctime_ns


def untouched():
    return changed() == state["first"]


def crowded():
    """Whether more files lie there than a program needs: an empty one takes no room, but the kernel's memory."""
    status = os.statvfs(FOLDER)
    return status.f_files - status.f_ffree > MOST_FILES


def cleared():
    """Empties it after a program, so that the next run of the same one finds nothing. False where that fails."""
    if changed() == state["last"]:
        return True
    try:
        os.chmod(FOLDER, 0o700)
        empty(FOLDER)
    except (OSError, RecursionError):
        return False
    state["last"] = changed()
    return True


def empty(folder):
    with os.scandir(folder) as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                os.chmod(entry.path, 0o700)
                empty(entry.path)
                os.rmdir(entry.path)
            else:
                os.unlink(entry.path)
