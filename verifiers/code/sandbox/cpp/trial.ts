import type { Sandbox } from '../port.ts';

const LIMITS = { timeSeconds: 60, memoryMb: 256, outputBytes: 65_536 };

/** Each attempt prints what it reached; every system call that it needs is to be refused. */
export const CPP_ATTEMPTS = String.raw`
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char* name, bool reached) { if (reached) { printf("%s\n", name); fflush(stdout); } }

static bool forks() {
  pid_t child = fork();
  if (child == 0) _exit(0);
  if (child > 0) waitpid(child, nullptr, 0);
  return child > 0;
}

static bool connects() {
  int out = socket(AF_INET, SOCK_STREAM, 0);
  if (out >= 0) close(out);
  return out >= 0;
}

int main() {
  say("read", open("/etc/passwd", O_RDONLY) >= 0);
  say("write", open("/usr/sluice-probe", O_WRONLY | O_CREAT, 0600) >= 0);
  say("environment", getenv("PATH") != nullptr);
  say("fork", forks());
  say("connect", connects());
  char* const command[] = {(char*)"/bin/sh", (char*)"-c", (char*)"echo run", nullptr};
  execv("/bin/sh", command);
  printf("end\n");
}
`;

/** Rejects, saying by what way, when a program in C++ is not compiled, not run, or not contained. */
export async function tryCpp(sandbox: Sandbox): Promise<void> {
  const guest = { role: 'script', language: 'c++', source: CPP_ATTEMPTS } as const;
  const session = await sandbox.open(guest, LIMITS, new AbortController().signal);
  try {
    const [reply] = await session.askLast([JSON.stringify({ input: '' })]);
    const output =
      reply?.kind === 'line' ? Buffer.from(JSON.parse(reply.line).output, 'base64').toString() : reply?.detail;
    if (output !== 'end\n') throw new Error(`programs in C++ are not contained, or do not run: ${output}`);
  } finally {
    await session.close();
  }
}
