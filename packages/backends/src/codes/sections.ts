import type { CodeLayout, UnitBits } from "./code-layout";

/** Consecutive words of a row whose units are equally wide. All that distances need to know: what is left of a word is 0 in every code. */
export interface Section {
  readonly bits: UnitBits;
  readonly words: number;
}

/** A row's sections in order, neighbours of one width joined. Derived once. */
export function sectionsOf(layout: CodeLayout): readonly Section[] {
  let sections = derived.get(layout);
  if (!sections) {
    sections = joined(layout.nodes);
    derived.set(layout, sections);
  }
  return sections;
}

const derived = new WeakMap<CodeLayout, readonly Section[]>();

function joined(nodes: readonly Section[]): readonly Section[] {
  const sections: Section[] = [];
  for (const { bits, words } of nodes) {
    const last = sections.at(-1);
    if (last?.bits === bits) sections[sections.length - 1] = { bits, words: last.words + words };
    else sections.push({ bits, words });
  }
  return sections;
}

/** The words of a row. */
export const rowWords = (sections: readonly Section[]): number => sections.reduce((total, { words }) => total + words, 0);
