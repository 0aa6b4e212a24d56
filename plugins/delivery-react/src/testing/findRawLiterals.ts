// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { PSEUDO_MARKS } from './pseudoTranslationApi';

/** @public */
export interface FindRawLiteralsOptions {
  /** Texts that are data of the test, such as names, versions and messages. */
  data: readonly string[];
}

/** Attributes that a person reads or hears. */
const SPOKEN = ['aria-label', 'title', 'placeholder', 'alt'];
/** Their text is a figure, foreign words or a format of `Intl`. */
const DATA_ELEMENTS = 'time, code, pre, script, style';

/** What remains of a text without translations; they may be inside each other. */
function withoutTranslations(text: string): string {
  let depth = 0;
  let rest = '';
  for (const char of text) {
    if (char === PSEUDO_MARKS.open) {
      depth += 1;
    } else if (char === PSEUDO_MARKS.close) {
      depth -= 1;
    } else if (depth === 0) {
      rest += char;
    }
  }
  return rest;
}

/** Marks may be text nodes of their own, beside an element: the depth before a node counts. */
function isInsideMarks(root: Node, node: Node): boolean {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEndBefore(node);
  const before = range.toString();
  const count = (char: string) => before.split(char).length - 1;
  return count(PSEUDO_MARKS.open) > count(PSEUDO_MARKS.close);
}

function letters(text: string, data: readonly string[]): string {
  let rest = withoutTranslations(text);
  for (const known of [...data].sort((a, b) => b.length - a.length)) {
    if (known !== '') {
      rest = rest.split(known).join(' ');
    }
  }
  return /\p{L}/u.test(rest) ? rest.trim() : '';
}

/**
 * Words of a page in the pseudo language that are neither translations nor data:
 * literals that somebody forgot to translate. Looks at texts and at the attributes
 * that are read out.
 *
 * @returns one line for each, empty when all is translated
 * @public
 */
export function findRawLiterals(
  container: Element,
  options: FindRawLiteralsOptions,
): string[] {
  const found: string[] = [];
  const texts = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement?.closest(DATA_ELEMENTS)) {
      continue;
    }
    const rest = letters(node.textContent ?? '', options.data);
    if (rest !== '' && !isInsideMarks(container, node)) {
      found.push(`text "${rest}"`);
    }
  }
  for (const element of container.querySelectorAll('*')) {
    for (const name of SPOKEN) {
      const value = element.getAttribute(name);
      if (value === null || (name === 'title' && element.matches('time'))) {
        continue;
      }
      const rest = letters(value, options.data);
      if (rest !== '') {
        found.push(`${name} "${rest}"`);
      }
    }
  }
  return found;
}
