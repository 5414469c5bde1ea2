import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The alphabet of byte-level BPE: each byte as a visible character (GPT-2's table). */
const byteAlphabet = (): string[] => {
  const visible = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(visible(byte) ? byte : next++));
};

const special = (id: number, content: string) => ({
  id,
  content,
  ...{ single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
});

/** A byte-level BPE tokenizer without merges: every byte is a token, and so are two special marks. */
const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [special(256, '<|end|>'), special(257, '<s>')],
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  post_processor: null,
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    vocab: Object.fromEntries(byteAlphabet().map((character, byte) => [character, byte])),
    merges: [],
  },
};

const before = '{{ bos_token }}{% for m in messages %}';
const user = "{% if m['role'] == 'user' %}<|user|>{{ m['content'] }}<|end|>";
const after = '{% endif %}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}';

/** Templates as models have them, good and bad. */
export const templates = {
  keeps: `${before}${user}{% else %}<|assistant|>{% generation %}{{ m['content'] }}<|end|>{% endgeneration %}${after}`,
  drops: `${before}${user}{% else %}<|assistant|>{{ m['content'].split('</think>')[-1] }}<|end|>${after}`,
  doubles: `${before}${user}{% else %}<|assistant|><think>\n{{ m['content'] }}<|end|>${after.replace('<|assistant|>', '<|assistant|><think>\n')}`,
  forgets: `${before}${user}{% else %}<|assistant|>${after}`,
} as const;

/** A model's folder with that template, gone when the test is over. */
export const modelFolder = async (template: string | null, where: 'config' | 'file' = 'config'): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-model-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const inside = template !== null && where === 'config' ? { chat_template: template } : {};
  const config = {
    bos_token: { __type: 'AddedToken', content: '<s>', lstrip: false, normalized: false, rstrip: false },
    eos_token: '<|end|>',
    unk_token: null,
    ...inside,
  };
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify(config));
  if (template !== null && where === 'file') await writeFile(join(folder, 'chat_template.jinja'), template);
  return folder;
};
