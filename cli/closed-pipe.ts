/**
 * Ends the process where what it prints goes nowhere any more: a reader that has seen enough (`| head`) is a code, 141
 * as a shell has it, and a full device (`> /dev/full`) a line on stderr and 1; neither is a stack trace.
 */
export const endWithOutput = (): void => {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE' && stream === process.stdout) console.error(`the output cannot be written (${code})`);
      process.exit(code === 'EPIPE' ? 141 : 1);
    });
  }
};
