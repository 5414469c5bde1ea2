/** Copies `in` to `out`, counting in its store: `node copy-worker.ts SETTINGS-AS-JSON`. SIGTERM ends it in order. */

import { openKafka } from '../../../runtime/transports/kafka/open.ts';
import { copyTask } from './copy-task.ts';
import { copy, topics } from './world.ts';

const transport = await openKafka(JSON.parse(process.argv[2]!));
await transport.apply(topics);
process.once('SIGTERM', () => void transport.close().then(() => process.exit(0)));
await transport.join(copy, (task) => {
  copyTask(task).catch((error: Error & { fate?: string }) => {
    if (error.fate !== 'retry') throw error;
  });
});
console.log('joined');
