/** A piece of the host that ways lead to; see `bait.ts`. */
interface Host {
  readonly secret: string;
  readonly changed: string;
  readonly folder: string;
  readonly socket: string;
  readonly port: number;
  readonly pid: number;
}

const WAYS: Readonly<Record<string, string>> = {
  'a file read': 'open(SECRET, O_RDONLY) >= 0',
  'a file read by its number': 'syscall(SYS_openat, AT_FDCWD, SECRET, O_RDONLY) >= 0',
  'a file changed': 'open(CHANGED, O_WRONLY | O_APPEND) >= 0',
  'a file made': 'open(FOLDER "/made", O_WRONLY | O_CREAT, 0600) >= 0',
  'a folder listed': 'opendir(FOLDER) != nullptr',
  'the environment': 'getenv("PROBE_SECRET") != nullptr',
  'a new process': 'forked(fork())',
  'a new process by its number': 'forked(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0))',
  'another program': 'system("exit 7") != -1 && system("exit 7") != 0 && WEXITSTATUS(system("exit 7")) == 7',
  'the network': 'connected(AF_INET)',
  'a local socket': 'connected(AF_UNIX)',
  'a signal to the host': 'kill(PID, 0) == 0',
  'memory without a name': 'syscall(SYS_memfd_create, "x", 0) >= 0',
  'memory for others': 'shmget(IPC_PRIVATE, 4096, 0600) >= 0',
  'a queue for others': 'msgget(IPC_PRIVATE, 0600) >= 0',
  'notices of files': 'inotify_init() >= 0',
  'the tracer of itself': 'ptrace(PTRACE_TRACEME, 0, 0, 0) == 0',
};

export const CPP_WAYS = Object.keys(WAYS);

/** A program that tries all of them, and prints those that reached something, and `end`. */
export function wayProgram({ secret, changed, folder, socket, port, pid }: Host): string {
  return `
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#define SECRET ${JSON.stringify(secret)}
#define CHANGED ${JSON.stringify(changed)}
#define FOLDER ${JSON.stringify(folder)}
#define PID ${pid}

bool forked(long child) {
  if (child == 0) _exit(0);
  if (child > 0) waitpid(child, nullptr, 0);
  return child > 0;
}

bool connected(int family) {
  int out = socket(family, SOCK_STREAM, 0);
  sockaddr_in inet{};
  inet.sin_family = AF_INET;
  inet.sin_port = htons(${port});
  inet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  strncpy(local.sun_path, ${JSON.stringify(socket)}, sizeof local.sun_path - 1);
  if (family == AF_INET) return connect(out, (sockaddr*)&inet, sizeof inet) == 0;
  return connect(out, (sockaddr*)&local, sizeof local) == 0;
}

void say(const char* name, bool reached) {
  if (reached) puts(name);
  fflush(stdout);
}

int main() {
${Object.entries(WAYS)
  .map(([name, way]) => `  say(${JSON.stringify(name)}, ${way});`)
  .join('\n')}
  puts("end");
}
`;
}

/** Programs that print `end` where the compiler can read a file of the host. */
export function compileTimeWays({ secret }: Host): string[] {
  const main = '#include <cstdio>\nint main() { puts("end"); }';
  const quoted = JSON.stringify(secret);
  return [
    `${main}\nasm(".incbin ${quoted.replaceAll('"', '\\"')}");`,
    `${main}\n#if 0\n#endif\n/*\n*/\n#if !__has_include(${quoted})\n#error no\n#endif`,
    `${main}\n#if !__has_include("/etc/passwd")\n#error no\n#endif`,
  ];
}
