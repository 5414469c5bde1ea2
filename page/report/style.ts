/** The look of a page of ours: light and dark by the reader's own setting, plain on paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fbfbf9; --line: #d9dce1; --quiet: #a9b2be; --accent: #1f6feb; --warm: #b4540a; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --paper: #14181d; --line: #353c45; --quiet: #66707c; --accent: #6ea8fe; --warm: #f0a35e; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.7rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
.lead { margin: .25rem 0 0; font-size: 1.1rem; } .note { opacity: .8; }
.off { border-left: 4px solid var(--warm); padding: .25rem 0 .25rem 1rem; margin: 1.5rem 0; } .off h2 { margin-top: 0; color: var(--warm); }
.good { margin: 1.5rem 0 0; }
.wide { overflow-x: auto; }
table { overflow-wrap: normal; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .9rem .3rem 0; text-align: right; vertical-align: top; border-bottom: 1px solid var(--line); }
th:first-child { text-align: left; font-weight: 500; } thead th { font-weight: 600; }
figure { margin: 2rem 0; } figcaption { font-weight: 600; } figure svg { width: 100%; max-width: 640px; min-width: 500px; height: auto; }
.says { margin: .25rem 0 0; font-size: .85rem; opacity: .8; }
@media print { :root { color-scheme: light; } figure svg { min-width: 0; } body { background: none; font-size: 12px; } figure, tr { break-inside: avoid; } .wide { overflow: visible; } }
`;
