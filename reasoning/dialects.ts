/** How one family of models parts its thinking from its answer. Marks are literal, and told apart without regard to case. */
interface Dialect {
  readonly models: string;
  readonly opens: readonly string[];
  readonly closes: readonly string[];
}

const tag = (name: string, models: string): Dialect => ({ models, opens: [`<${name}>`], closes: [`</${name}>`] });

/** Every dialect that is known here; a new one is one line. */
export const DIALECTS: readonly Dialect[] = [
  tag('think', 'DeepSeek-R1, Qwen 3, GLM, Phi-4-reasoning, MiniMax, Granite 3.3'),
  tag('thinking', 'Claude-like prompts'),
  tag('thought', 'EXAONE Deep, Marco-o1'),
  tag('thoughts', 'prompts'),
  tag('reasoning', 'prompts'),
  tag('scratchpad', 'prompts'),
  tag('reflection', 'Reflection'),
  tag('seed:think', 'Seed-OSS'),
  tag('longcat_think', 'LongCat-Flash-Thinking'),
  { models: 'openPangu', opens: ['[unused16]'], closes: ['[unused17]'] },
  { models: 'OpenThinker, Sky-T1', opens: ['<|begin_of_thought|>'], closes: ['<|end_of_thought|>'] },
  { models: 'the same, its answer', opens: [], closes: ['<|begin_of_solution|>'] },
  { models: 'Apriel, whose template begins the thinking', opens: [], closes: ['[BEGIN FINAL RESPONSE]'] },
  { models: 's1', opens: ['<|im_start|>think'], closes: ['<|im_start|>answer'] },
  { models: 'Kimi', opens: ['◁think▷'], closes: ['◁/think▷'] },
  { models: 'Magistral', opens: ['[THINK]'], closes: ['[/THINK]'] },
  { models: 'Command A', opens: ['<|START_THINKING|>'], closes: ['<|END_THINKING|>', '<|START_RESPONSE|>'] },
  { models: 'Apertus', opens: ['<|inner_prefix|>'], closes: ['<|inner_suffix|>'] },
  { models: 'MedGemma', opens: ['<unused94>thought', '<unused94>'], closes: ['<unused95>'] },
  { models: 'Gemma 4', opens: ['<|channel>thought'], closes: ['<channel|>'] },
  {
    models: 'gpt-oss (harmony)',
    opens: ['<|channel|>analysis', '<|channel|>commentary'],
    closes: ['<|channel|>final'],
  },
];

/** Dialects that are words or tags of other uses, and count only where a turn begins with the first of them. */
export const SPOKEN_DIALECTS: readonly { readonly models: string; readonly opens: RegExp; readonly closes: RegExp }[] =
  [
    {
      models: 'Granite 3.2',
      opens: /^\s{0,20}Here(?:['’]s| is) my (?:thought|thinking) process:/,
      closes: /Here(?:['’]s| is) my response:/g,
    },
    { models: 'Apriel', opens: /^\s{0,20}Here are my reasoning steps:/, closes: /\[BEGIN FINAL RESPONSE\]/g },
    {
      models: 'Open WebUI, whoever thinks behind it',
      opens: /^\s{0,20}<details type="reasoning"[^<>\n]{0,80}>\s{0,5}(?:<summary>[^<\n]{0,60}<\/summary>)?/,
      closes: /<\/details>/g,
    },
    {
      models: 'gpt-oss with its tokens taken off',
      opens: /^\s{0,20}analysis(?=[A-Z])/,
      closes: /assistantfinal(?=\S)/g,
    },
  ];

/** Marks that end a model's turn, or begin another's: whatever follows was never said to the reader. */
export const TURN_ENDS: readonly string[] = [
  ...[
    'im_end',
    'im_start',
    'eot_id',
    'eom_id',
    'end',
    'endoftext',
    'end_of_text',
    'end_of_turn',
    'end▁of▁sentence',
  ].flatMap((name) => [`<|${name}|>`, `<｜${name}｜>`]),
  ...['return', 'call', 'endofprompt', 'endofturn', 'start_header_id', 'start_of_role', 'end_of_solution'].map(
    (name) => `<|${name}|>`,
  ),
  ...['END_RESPONSE', 'END_OF_TURN_TOKEN', 'START_OF_TURN_TOKEN', 'user', 'assistant', 'system', 'observation'].map(
    (name) => `<|${name}|>`,
  ),
  ...[
    '</s>',
    '<eos>',
    '<end_of_turn>',
    '<start_of_turn>',
    '<turn|>',
    '<seed:eos>',
    '<｜User｜>',
    '<｜Assistant｜>',
    '[e~[',
    '[|endofturn|]',
    '[|assistant|]',
    '[unused10]',
    '[END FINAL RESPONSE]',
  ],
];
