import type { TopLevelSpec } from 'vega-lite';
import { html } from './html.ts';

/** A picture with what it says in words, for whoever does not see it. */
export interface Picture {
  readonly title: string;
  readonly says: string;
  readonly spec: TopLevelSpec;
}

/** A picture as SVG; its colours are the page's own properties, so that it follows light and dark. */
export const drawn = async ({ title, says, spec }: Picture): Promise<string> => {
  const [{ parse, View, Warn }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const whole = { ...look, ...spec, description: `${title}. ${says}` } as TopLevelSpec;
  const view = new View(parse(compile(whole).spec), { renderer: 'none', logLevel: Warn });
  try {
    const svg = await view.toSVG();
    return svg.replace('<svg ', () => html`<svg role="img" aria-label="${`${title}. ${says}`}" `.markup);
  } finally {
    view.finalize();
  }
};

/** Colours by their meaning, as the page's style names them. */
export const ink = {
  accent: 'var(--accent)',
  quiet: 'var(--quiet)',
  strong: 'var(--ink)',
  warm: 'var(--warm)',
} as const;

const text = { labelColor: ink.strong, titleColor: ink.strong, labelFontSize: 12, titleFontSize: 12 };
const font = 'system-ui, sans-serif';
const look = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  width: 600,
  height: 200,
  background: 'transparent',
  config: {
    font,
    view: { stroke: null },
    axis: { ...text, gridColor: 'var(--line)', domainColor: 'var(--line)', tickColor: 'var(--line)', labelAngle: 0 },
    legend: { ...text, orient: 'top', title: null },
    bar: { color: ink.accent },
  },
};
