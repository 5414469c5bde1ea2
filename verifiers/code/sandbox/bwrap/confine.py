"""Takes from this process everything that a program in Python does not need. Linux only; there is no way back.

The namespaces of bwrap hide files, network and other processes. This adds resource limits and seccomp filters: no
new process, no other program, no socket, no tracing, no memory shared beyond the process, nothing that outlives it.
Most of it is done once, on the fork server, and what is forked inherits it; only what the server itself needs is
taken from each process apart.
"""

import ctypes
import errno
import os
import platform
import resource
import struct

PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2

ALLOW = 0x7FFF0000
KILL = 0x80000000
REFUSE = 0x00050000 | errno.EPERM
DONE = 0x00050000
UNKNOWN = 0x00050000 | errno.ENOSYS

LOAD, JUMP_EQUAL, JUMP_ABOVE, JUMP_SET, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
CLONE_THREAD = 0x00010000

# Recursion in contests is deep. The kernel keeps so much free below a stack, whatever its limit was at the start.
STACK_BYTES = 120 << 20

# Numbers of system calls: (x86_64, aarch64); None where the architecture has no such call.
CLONE = (56, 220)
CLONE3 = (435, 435)
PRLIMIT64 = (302, 261)
TGKILL = (234, 131)
FCNTL = (72, 25)
IOCTL = (16, 29)
# Ways to have the kernel send a signal to another process: F_SETOWN, F_SETSIG, F_SETOWN_EX; FIOSETOWN, SIOCSPGRP.
OWNER_COMMANDS = (8, 10, 15)
# Locks and leases on files that the host shares, notices of their changes, larger pipes: F_GETLK to F_SETLKW, F_OFD_GETLK
# to F_OFD_SETLKW, F_SETLEASE, F_NOTIFY, F_SETPIPE_SZ.
SHARING_COMMANDS = (5, 6, 7, 36, 37, 38, 1024, 1026, 1031)
OWNER_CONTROLS = (0x8901, 0x8902)
# What the fork server needs, and what it forks does not.
SERVERS_OWN = {
    "fork": (57, None), "vfork": (58, None), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}
REFUSED = {
    "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "setpriority": (141, 140), "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "ioprio_set": (251, 30),
    "socket": (41, 198), "bind": (49, 200), "listen": (50, 201), "connect": (42, 203), "accept": (43, 202),
    "accept4": (288, 242),
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semctl": (66, 191),
    "semop": (65, 193), "semtimedop": (220, 192), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181), "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "unshare": (272, 97), "setns": (308, 268), "chroot": (161, 51), "pivot_root": (155, 41),
    "mount": (165, 40), "umount2": (166, 39), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142), "swapon": (167, 224),
    "swapoff": (168, 225), "acct": (163, 89), "quotactl": (179, 60), "syslog": (103, 116),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266),
    "sethostname": (170, 161), "setdomainname": (171, 162), "personality": (135, 92), "lookup_dcookie": (212, 18),
    "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None), "vmsplice": (278, 75),
    "flock": (73, 32), "io_setup": (206, 0), "io_submit": (209, 2), "quotactl_fd": (443, 443),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
}
# Done already, as far as a program can tell; they would make the host write its disks.
PRETENDED = {
    "sync": (162, 81), "syncfs": (306, 267), "fsync": (74, 82), "fdatasync": (75, 83), "sync_file_range": (277, 84),
    "msync": (26, 227),
}
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

# Arguments are made ahead, and without `errno`: a forked process copies every page that it touches.
raw_prctl = ctypes.PyDLL(None).prctl


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def settle():
    """Confines the fork server for good, and so all that it will fork."""
    for name, value in (("CORE", 0), ("NOFILE", 64), ("MSGQUEUE", 0), ("MEMLOCK", 0),
                        ("SIGPENDING", 64)):
        number = getattr(resource, "RLIMIT_" + name, None)
        if number is not None:
            resource.setrlimit(number, (value, value))
    prctl(arguments(PR_SET_NO_NEW_PRIVS, 1))
    # Other processes of the same user shall not read or trace this one, and so take it over.
    prctl(arguments(PR_SET_DUMPABLE, 0))
    code = instructions(shared_filter())
    shared = Program(len(code) // 8, ctypes.addressof(code))
    prctl(arguments(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, shared))


def confine():
    """Confines a forked process for good. It stays hidden: nobody but process 1 sees into it, not even itself."""
    struct.pack_into("=I", CHILDS_CODE, OWN_ID_AT, os.getpid())
    prctl(CHILDS_FILTER)


def become_visible():
    """Gives a process its own folder in /proc: `/dev/stdin` and the like lead through it.

    Not before it has its job: what a process that still waits holds open, a program beside it would open for writing.
    """
    prctl(VISIBLE)


def limit(job):
    """The limits of one job: memory in bytes, processor seconds."""
    for number, value in ((resource.RLIMIT_AS, job["memory"]), (resource.RLIMIT_CPU, job["cpuSeconds"]),
                          (resource.RLIMIT_NPROC, 64), (resource.RLIMIT_FSIZE, 1 << 20)):
        resource.setrlimit(number, (value, value))
    _, most = resource.getrlimit(resource.RLIMIT_STACK)
    stack = STACK_BYTES if most == resource.RLIM_INFINITY else min(STACK_BYTES, most)
    resource.setrlimit(resource.RLIMIT_STACK, (stack, most))


def shared_filter(machine=None):
    """What neither the server nor its children may call."""
    column, audit = ARCHITECTURES[machine or platform.machine()]
    return [
        step(LOAD, 4), step(JUMP_EQUAL, audit, 1, 0), step(RETURN, KILL),
        step(LOAD, 0),
        # x86_64 knows every call a second time under the numbers of the x32 interface.
        step(JUMP_ABOVE, 0x3FFFFFFF, 0, 1), step(RETURN, KILL),
        step(JUMP_EQUAL, CLONE3[column], 0, 1), step(RETURN, UNKNOWN),
    ] + (
        with_second(FCNTL[column], OWNER_COMMANDS + SHARING_COMMANDS)
        + with_second(IOCTL[column], OWNER_CONTROLS)
        + answered(PRETENDED, column, DONE)
        + answered(REFUSED, column, REFUSE)
        + [step(RETURN, ALLOW)]
    )


def childs_filter(machine=None):
    """What the children may not call either. It is short, because each of them loads it anew."""
    column, _ = ARCHITECTURES[machine or platform.machine()]
    return [
        step(LOAD, 0),
        # A signal to itself: its own id is written over OWN_ID.
        step(JUMP_EQUAL, TGKILL[column], 0, 4),
        step(LOAD, 16), step(JUMP_EQUAL, OWN_ID, 0, 1), step(RETURN, ALLOW), step(RETURN, REFUSE),
        step(JUMP_EQUAL, CLONE[column], 0, 4),
        step(LOAD, 16), step(JUMP_SET, CLONE_THREAD, 0, 1), step(RETURN, ALLOW), step(RETURN, REFUSE),
        # Limits: its own may be read and lowered, those of the fork server are not its affair.
        step(JUMP_EQUAL, PRLIMIT64[column], 0, 4),
        step(LOAD, 16), step(JUMP_EQUAL, 0, 0, 1), step(RETURN, ALLOW), step(RETURN, REFUSE),
    ] + answered(SERVERS_OWN, column, REFUSE) + [step(RETURN, ALLOW)]


def with_second(number, values):
    """Refuses a call whose second argument is one of these."""
    checks = [instruction for value in values for instruction in (step(JUMP_EQUAL, value, 0, 1), step(RETURN, REFUSE))]
    return [step(JUMP_EQUAL, number, 0, len(checks) + 2), step(LOAD, 24)] + checks + [step(RETURN, ALLOW)]


def answered(calls, column, answer):
    """These calls are not made, and get the answer."""
    numbers = sorted({call[column] for call in calls.values() if call[column] is not None})
    return [instruction for number in numbers for instruction in (step(JUMP_EQUAL, number, 0, 1), step(RETURN, answer))]


def step(operation, value, if_true=0, if_false=0):
    """One instruction, eight bytes."""
    return struct.pack("=HBBI", operation, if_true, if_false, value)


def instructions(code):
    """Where the kernel can read them, and this process write."""
    return ctypes.create_string_buffer(b"".join(code), 8 * len(code))


def arguments(option, value, structure=None):
    """Of `prctl`, as C has them; the structure has to live until they are used."""
    pointer = None if structure is None else ctypes.addressof(structure)
    zero = ctypes.c_ulong(0)
    return ctypes.c_int(option), ctypes.c_ulong(value), ctypes.c_void_p(pointer), zero, zero


def prctl(given):
    if raw_prctl(*given) != 0:
        raise OSError("prctl(%d) was refused" % given[0].value)


OWN_ID = 0xFFFFFFFF
CHILDS_CODE = instructions(childs_filter())
OWN_ID_AT = CHILDS_CODE.raw.index(struct.pack("=I", OWN_ID))
CHILDS_PROGRAM = Program(len(CHILDS_CODE) // 8, ctypes.addressof(CHILDS_CODE))
CHILDS_FILTER = arguments(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, CHILDS_PROGRAM)
VISIBLE = arguments(PR_SET_DUMPABLE, 1)
