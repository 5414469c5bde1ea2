import { modelServer } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { answerSums } from '../../helpers/plain-sums.ts';

/** The models, in a process of their own: answers of some 2 KB, at once. Sends its URL, and its counts when asked. */
const padding = 'Nothing is added, so that nothing changes. '.repeat(45);
const server = await modelServer({
  chat: (call) => {
    const { content, ...rest } = answerSums(call);
    return { ...rest, content: `${padding}${content}` };
  },
  score: ({ steps }) => steps.map(hashShare),
});
process.on('message', () => {
  const calls: Record<string, number> = {};
  for (const { model } of server.calls) calls[model] = (calls[model] ?? 0) + 1;
  server.reset();
  process.send?.(calls);
});
process.on('disconnect', () => process.exit());
process.send?.(server.url);
