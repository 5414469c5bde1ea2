import { type Document, type LineCounter, parseDocument, type ScalarTag } from 'yaml';

/** `50_000_000`, as YAML 1.1 had it and many languages do. */
const grouped: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?[0-9]+(?:_[0-9]+)+$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

/** YAML 1.2, and numbers in groups. */
export const parseYaml = (text: string, lineCounter?: LineCounter): Document =>
  parseDocument(text, {
    logLevel: 'error',
    customTags: (tags) => [grouped, ...tags],
    ...(lineCounter && { lineCounter }),
  });
