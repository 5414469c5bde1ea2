// What the data are like so far, as `report.json` will tell it at the end.
import { many, whole } from '/numbers.js';
import { Table } from '/table.js';
import { html } from '/view.js';

export const Quality = ({ status: { quality } }) =>
  quality &&
  quality.read.records > 0 &&
  html`<section><h2>Quality</h2>
  ${quality.read.records < quality.read.of && html`<p class="quiet">From ${whole(quality.read.records)} of ${many(quality.read.of, 'record')}; the rest is being read.</p>`}
  ${
    quality.findings.length === 0
      ? html`<p>Nothing about the data is off so far.</p>`
      : html`<ul class="off">${quality.findings.map(({ message }) => html`<li>${message}</li>`)}</ul>`
  }
  <${Table} label="Quality" head=${['', 'student', 'teacher']} rows=${[
    ['answers', whole(quality.truncated.student.of), whole(quality.truncated.teacher.of)],
    ['cut off', part(quality.truncated.student), part(quality.truncated.teacher)],
    ['empty', part(quality.empty.student), part(quality.empty.teacher)],
    ['without reasoning', '', part(quality.withoutReasoning)],
  ]} />
  <${Verified} verified=${quality.verified} tokens=${quality.tokens} />
  <${Suspects} suspects=${quality.suspects} /></section>`;

const part = ({ count, of }) => (of > 0 && count > 0 ? `${whole(count)} (${((100 * count) / of).toFixed(1)} %)` : '0');

/** Whether more samples pay: what was solved by each. */
const Verified = ({ verified, tokens }) => {
  const rows = Object.entries(verified);
  const samples = Math.max(0, ...rows.map(([, { bySample }]) => bySample.length));
  return (
    rows.length > 0 &&
    html`<h3>What the teacher solved, by the first samples</h3>
    <${Table} label="Solved by level" head=${['level', 'problems', ...Array.from({ length: samples }, (_, sample) => `by ${sample + 1}`), 'tokens, middle', 'nine tenths']}
      rows=${rows.map(([level, { problems, bySample }]) => [
        level,
        whole(problems),
        ...Array.from(
          { length: samples },
          (_, sample) => `${((100 * (bySample[sample] ?? bySample.at(-1) ?? 0)) / problems).toFixed(0)} %`,
        ),
        tokens[level] ? whole(tokens[level].p50) : '',
        tokens[level] ? whole(tokens[level].p90) : '',
      ])} />`
  );
};

const MOST_SUSPECTS = 10;

const Suspects = ({ suspects }) =>
  suspects.length > 0 &&
  html`<h3>References that may be wrong</h3>
  <${Table} label="Suspect references" head=${['problem', 'where', 'reference', 'samples say', 'samples']}
    rows=${suspects
      .slice(0, MOST_SUSPECTS)
      .map((one) => [
        one.id.slice(0, 12),
        `${one.file}:${one.row}`.slice(-60),
        one.reference.slice(0, 60),
        one.answer.slice(0, 60),
        `${one.samples} of ${one.of}`,
      ])} />
  ${suspects.length > MOST_SUSPECTS && html`<p class="quiet">and ${whole(suspects.length - MOST_SUSPECTS)} more</p>`}`;
