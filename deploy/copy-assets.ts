/** What the compiler leaves behind: the programs of the sandboxes, the schemas, the page's own files. Part of `npm run build`. */
import { cpSync, globSync } from 'node:fs';

for (const file of globSync([
  'verifiers/**/*.py',
  'schemas/records/*.avsc',
  'schemas/released/*.json',
  'page/live/client/*',
])) {
  cpSync(file, `dist/${file}`);
}
