// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parse, stringify } from 'yaml';
import type { KubeObject } from '../kubernetes/types';

const DISABLED = 'kustomize.toolkit.fluxcd.io/substitute';
const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/**
 * `postBuild` substitution of bash-like variables in an object
 * (`fluxcd/pkg:kustomize/kustomize_varsub.go`, `fluxcd/pkg:envsubst`).
 *
 * @throws Error when a variable's name is none
 */
export function substituteVariables(
  object: KubeObject,
  variables: ReadonlyMap<string, string>,
): KubeObject {
  if (
    variables.size === 0 ||
    [object.metadata.labels, object.metadata.annotations].some(
      map => map?.[DISABLED] === 'disabled',
    )
  ) {
    return object;
  }
  for (const name of variables.keys()) {
    if (!NAME.test(name)) {
      throw new Error(
        `'${name}' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'`,
      );
    }
  }
  const text = stringify(object, { lineWidth: 0 });
  const replaced = expand(text, variables);
  return replaced === text ? object : (parse(replaced) as KubeObject);
}

/** Expands `${...}` in a text; `$${x}` stays as `${x}`. */
export function expand(
  text: string,
  variables: ReadonlyMap<string, string>,
): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('$$', at)) {
      result += '$';
      at += 2;
      // What follows an escaped dollar is plain text.
      if (text[at] === '{') {
        const end = text.indexOf('}', at);
        if (end !== -1) {
          result += text.slice(at, end + 1);
          at = end + 1;
        }
      }
    } else if (text.startsWith('${', at)) {
      const end = closing(text, at + 2);
      if (end === -1) {
        throw new Error(
          'variable substitution failed: unable to parse variable name: missing closing brace',
        );
      }
      result += evaluate(text.slice(at + 2, end), variables);
      at = end + 1;
    } else {
      result += text[at++];
    }
  }
  return result;
}

function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('${', at)) {
      depth++;
      at++;
    } else if (text[at] === '}' && --depth === 0) {
      return at;
    }
  }
  return -1;
}

function evaluate(
  expression: string,
  variables: ReadonlyMap<string, string>,
): string {
  const length = /^#([_a-zA-Z]\w*)$/.exec(expression);
  if (length) {
    return String((variables.get(length[1]) ?? '').length);
  }
  const [, name, operator, argument] =
    /^([_a-zA-Z]\w*)(:-|:=|:\+|:|-|=|\+|\^\^|\^|,,|,|##|#|%%|%|\/\/|\/)?(.*)$/s.exec(
      expression,
    ) ?? [];
  if (name === undefined || (operator === undefined && argument !== '')) {
    throw new Error(
      `variable substitution failed: unable to parse variable name: \${${expression}}`,
    );
  }
  const value = variables.get(name);
  const set = value ?? '';
  switch (operator) {
    case ':-':
    case ':=':
      return set === '' ? expand(argument, variables) : set;
    case '-':
    case '=':
      return value === undefined ? expand(argument, variables) : value;
    case ':+':
    case '+':
      return set === '' ? '' : expand(argument, variables);
    case ':':
      return slice(set, argument);
    case '^^':
      return set.toUpperCase();
    case '^':
      return set.slice(0, 1).toUpperCase() + set.slice(1);
    case ',,':
      return set.toLowerCase();
    case ',':
      return set.slice(0, 1).toLowerCase() + set.slice(1);
    case '#':
    case '##':
      return set.startsWith(argument) ? set.slice(argument.length) : set;
    case '%':
    case '%%':
      return set.endsWith(argument)
        ? set.slice(0, set.length - argument.length)
        : set;
    case '/':
    case '//':
      return replace(set, argument, operator === '//');
    default:
      return set;
  }
}

function slice(value: string, argument: string): string {
  const [position, length] = argument.split(':').map(Number);
  const start = position < 0 ? Math.max(0, value.length + position) : position;
  return length === undefined
    ? value.slice(start)
    : value.slice(start, start + length);
}

function replace(value: string, argument: string, all: boolean): string {
  const at = argument.indexOf('/');
  const from = at === -1 ? argument : argument.slice(0, at);
  const to = at === -1 ? '' : argument.slice(at + 1);
  if (from === '') {
    return value;
  }
  return all ? value.split(from).join(to) : value.replace(from, () => to);
}
