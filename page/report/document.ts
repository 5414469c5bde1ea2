import { html, type Markup, trusted } from './html.ts';
import { drawn, type Picture } from './pictures.ts';
import { style } from './style.ts';

/** What a page is made of, from above; pictures are drawn, and what is empty is left out. */
type Part = Markup | string | readonly Picture[];

/** A page of its own: one file, no script, nothing from the network. */
export const document = async (title: string, parts: readonly Part[]): Promise<string> => {
  const shown = await Promise.all(parts.map((part) => (isPictures(part) ? figures(part) : part)));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${shown}
</main>
</body>
</html>
`.markup;
};

const isPictures = (part: Part): part is readonly Picture[] => Array.isArray(part);

const figures = async (pictures: readonly Picture[]): Promise<Markup[]> =>
  Promise.all(
    pictures.map(async (picture) => {
      const svg = trusted(await drawn(picture));
      return html`<figure><figcaption>${picture.title}</figcaption><div class="wide" tabindex="0" role="group" aria-label="${picture.title}">${svg}</div><p class="says">${picture.says}</p></figure>`;
    }),
  );

/** Wide tables scroll by themselves, also by keyboard, and never widen the page. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Markup => html`<div class="wide" tabindex="0" role="group" aria-label="${head.join(', ')}"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(([first = '', ...others]) => html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
