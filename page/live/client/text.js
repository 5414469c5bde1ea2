// Text that models and data sets wrote, shown as it is meant: formulas typeset, code coloured, never as markup.
import renderFormulas from '/katex/contrib/auto-render.mjs';
import katex from '/katex/katex.mjs';
import { html, useEffect, useRef } from '/view.js';

/** Longer texts are shown as they are: what is typeset is bounded, whatever a model wrote. */
const LONGEST_TYPESET = 50_000;
const LONGEST_FORMULA = 2_000;
const LONGEST_COLOURED = 20_000;
const LONGEST_SHOWN = 200_000;

const typesetting = {
  delimiters: [
    { left: '$$', right: '$$', display: true },
    { left: '\\[', right: '\\]', display: true },
    { left: '\\(', right: '\\)', display: false },
    { left: '$', right: '$', display: false },
  ],
  // MathML: the browser draws it, with no styles and no fonts of ours.
  output: 'mathml',
  throwOnError: false,
  errorColor: 'currentColor',
  trust: false,
  strict: 'ignore',
  maxExpand: 200,
  maxSize: 10,
  errorCallback: () => {},
  preProcess: (formula) => {
    if (formula.length > LONGEST_FORMULA) throw new katex.ParseError('longer than what is typeset');
    return formula;
  },
};

const shown = (text) =>
  text.length > LONGEST_SHOWN
    ? `${text.slice(0, LONGEST_SHOWN)}\n… and ${text.length - LONGEST_SHOWN} characters more: sluice inspect --json has all`
    : text;

/** A text whose formulas are typeset. */
export const Formulas = ({ text }) => {
  const place = useRef(null);
  useEffect(() => {
    place.current.textContent = shown(text);
    if (text.length <= LONGEST_TYPESET) renderFormulas(place.current, typesetting);
  }, [text]);
  return html`<div class="text" dir="auto" tabindex="0" role="group" aria-label="text" ref=${place}></div>`;
};

/** A program, coloured. */
export const Code = ({ text }) =>
  html`<pre><code>${text.length > LONGEST_COLOURED ? shown(text) : coloured(window.Prism.tokenize(text, window.Prism.languages.python))}</code></pre>`;

const coloured = (token) => {
  if (typeof token === 'string') return token;
  if (Array.isArray(token)) return token.map(coloured);
  return html`<span class=${`token ${token.type}`}>${coloured(token.content)}</span>`;
};

/** A long text behind its title. */
export const Folded = ({ title, text, code }) =>
  text
    ? html`<details><summary>${title} (${text.length.toLocaleString('en')} characters)</summary>${code ? html`<${Code} text=${text} />` : html`<${Formulas} text=${text} />`}</details>`
    : null;
