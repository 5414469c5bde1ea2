import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Public data sets, read where they lie; tests that need them are skipped where the folder is absent. */
export const dataFolder = resolve(process.env.SLUICE_DATA ?? '../shared/data');

export const haveData = existsSync(dataFolder);

/** The rows of a JSONL file of the folder; none where the folder is absent. */
export const dataRows = <Row>(file: string): Row[] => (haveData ? readRows<Row>(resolve(dataFolder, file)) : []);

export const readRows = <Row>(file: string): Row[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
