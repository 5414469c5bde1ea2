/** What the compiler leaves behind: the programs that run inside of the sandboxes, and the schemas. Part of `npm run build`. */
import { cpSync, globSync } from 'node:fs';

for (const file of globSync(['verifiers/**/*.py', 'schemas/*.avsc', 'schemas/released/*.json'])) {
  cpSync(file, `dist/${file}`);
}
