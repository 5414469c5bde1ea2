import { cotLines, type Message } from '../../datasets/out/exporters/canonical.ts';
import { openInspector } from '../../datasets/preflight/inspector.ts';
import { type Preflight, preflight } from '../../datasets/preflight/preflight.ts';
import type { Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import { scan } from '../store/scan.ts';
import { many, one, whole } from '../wording.ts';

/** What a trainer would make of the run's verified records, by the student's own tokenizer and chat template. */
export const preflightOf = async (
  transport: Transport,
  run: string,
  tokenizer: string,
  maxLength: number | undefined,
): Promise<Preflight> => {
  const inspector = await openInspector(tokenizer);
  try {
    const length = maxLength === undefined ? {} : { maxLength };
    return await preflight(conversations(transport, run), { inspector, ...length });
  } finally {
    await inspector.close();
  }
};

export const preflightLines = ({ records, tokens, thinking, limits, warnings }: Preflight): string[] => [
  `${many(records, 'record')}: ${many(tokens.p50, 'token')} in the middle, 99 % below ${whole(tokens.p99)}, the longest ${whole(tokens.max)}`,
  `thinking survives the chat template in ${thinking.survives} of ${thinking.written}`,
  ...limits.map(
    ({ trainer, option, length, over }) =>
      `${trainer} (${option} ${length}): ${many(over, 'record')} ${one(over, 'is', 'are')} longer`,
  ),
  ...warnings.map((warning) => `warning: ${warning}`),
];

async function* conversations(transport: Transport, run: string): AsyncGenerator<readonly Message[]> {
  for await (const { record } of scan(transport, topics.cot))
    for (const { messages } of cotLines(record, run)) yield messages;
}
