/** A grader over HTTP in a process of its own, so that its work is not counted with ours; says its address. */
import { graderServer } from '../../helpers/graders/grader-server.ts';

const server = await graderServer();
process.send?.(server.url);
process.once('disconnect', () => void server.close());
