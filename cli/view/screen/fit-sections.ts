/** Lines that belong together. */
export interface Section {
  readonly lines: readonly string[];
  /** Where there is too little room the lowest are shown first; the order on the screen stays. */
  readonly rank: number;
}

/** The lines of as many sections as so many rows have room for, each whole; of the first as much as fits. */
export const fitSections = (sections: readonly Section[], rows: number): string[] => {
  const chosen = new Set<Section>();
  let left = rows;
  for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
    if (section.lines.length > left && chosen.size > 0) continue;
    chosen.add(section);
    left -= section.lines.length;
  }
  return sections.flatMap((section) => (chosen.has(section) ? section.lines : [])).slice(0, rows);
};
