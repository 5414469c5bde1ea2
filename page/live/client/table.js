import { html } from '/view.js';

/** A table that scrolls by itself, also by keyboard, and never widens the page. */
export const Table = ({ label, head, rows }) => html`<div class="wide" tabindex="0" role="group" aria-label=${label}>
  <table>
    <thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
    <tbody>${rows.map(([first, ...others]) => html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
  </table>
</div>`;
