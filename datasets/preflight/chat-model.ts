import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Template } from '@huggingface/jinja';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { DataError } from '../error.ts';
import type { Message } from '../out/exporters/canonical.ts';

/** A student's own chat template and tokenizer. */
export interface ChatModel {
  /** A conversation as the trainer will see it; with `prompt`, up to where the assistant's turn begins. */
  readonly render: (messages: readonly Message[], until: 'end' | 'prompt') => string;
  /** How many tokens a rendered text has. */
  readonly count: (text: string) => number;
  /** The template's source. */
  readonly template: string;
}

const token = z
  .union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
  .nullish()
  .transform((text) => text ?? '');

const config = z.looseObject({
  chat_template: z.union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))]).optional(),
  bos_token: token,
  eos_token: token,
  pad_token: token,
  unk_token: token,
});

/**
 * Reads a model's folder as the Hugging Face Hub lays it out: `tokenizer.json`, `tokenizer_config.json` and, where the
 * template is a file of its own, `chat_template.jinja`. No weights are needed. Throws a DataError where something is
 * missing or cannot be understood.
 */
export const loadChatModel = async (folder: string): Promise<ChatModel> => {
  const settings = await readConfig(join(folder, 'tokenizer_config.json'));
  const tokenizer = await readTokenizer(join(folder, 'tokenizer.json'), settings);
  const template = await readTemplate(folder, settings);
  const compiled = attempt(
    'template-broken',
    folder,
    'has a chat template that cannot be parsed',
    () => new Template(template),
  );
  const { bos_token, eos_token, pad_token, unk_token } = settings;
  return {
    template,
    count: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length,
    render: (messages, until) =>
      attempt('template-broken', folder, 'has a chat template that fails on a conversation', () =>
        compiled.render({
          messages: until === 'end' ? messages : messages.slice(0, -1),
          add_generation_prompt: until === 'prompt',
          ...{ bos_token, eos_token, pad_token, unk_token },
        }),
      ),
  };
};

const readConfig = async (path: string): Promise<z.infer<typeof config>> => {
  const text = await readText(path);
  return attempt('tokenizer-unreadable', path, 'cannot be understood', () => config.parse(JSON.parse(text)));
};

const readTokenizer = async (path: string, settings: object): Promise<Tokenizer> => {
  const text = await readText(path);
  return attempt('tokenizer-unreadable', path, 'cannot be loaded', () => new Tokenizer(JSON.parse(text), settings));
};

const readTemplate = async (folder: string, { chat_template: inside }: z.infer<typeof config>): Promise<string> => {
  const own = await readFile(join(folder, 'chat_template.jinja'), 'utf8').catch(() => null);
  const template =
    own ?? (typeof inside === 'string' ? inside : inside?.find(({ name }) => name === 'default')?.template);
  if (template) return template;
  throw new DataError('template-broken', folder, 'has no chat template; take the folder of an instruct model.');
};

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new DataError('file-missing', path, "cannot be read; name the model's folder with its tokenizer files.", {
      cause,
    });
  });

const attempt = <T>(code: 'template-broken' | 'tokenizer-unreadable', file: string, what: string, make: () => T): T => {
  try {
    return make();
  } catch (cause) {
    throw new DataError(code, file, `${what} (${(cause as Error).message}); check it, or leave the preflight out.`, {
      cause,
    });
  }
};
