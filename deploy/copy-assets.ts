/** What the compiler leaves behind: the programs that run inside of the sandboxes. Part of `npm run build`. */
import { cpSync, globSync } from 'node:fs';

for (const file of globSync('verifiers/**/*.py')) cpSync(file, `dist/${file}`);
