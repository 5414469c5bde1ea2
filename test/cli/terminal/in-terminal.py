"""Runs a command on a pseudo-terminal: python3 in-terminal.py COLUMNS ROWS STDOUT-FILE COMMAND...

stdin and stderr of the command are the terminal; its stdout is the file. What appears on the terminal is passed on;
each byte on our own stdin is typed on it. The exit status is the command's.
"""
import fcntl, os, pty, select, struct, sys, termios

columns, rows, out, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.execvp(command[0], command)
listening = [terminal, 0]
while True:
    ready, _, _ = select.select(listening, [], [])
    if 0 in ready:
        typed = os.read(0, 100)
        if typed:
            os.write(terminal, typed)
        else:
            listening.remove(0)
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:
            shown = b""
        if not shown:
            break
        os.write(1, shown)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) % 256)
