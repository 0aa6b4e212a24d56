// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  asBoolean,
  asText,
  evaluateExpression,
  type Scope,
  type Value,
} from './evaluateExpression';

const WHOLE = /^\s*\$\{\{((?:[^}']|'[^']*'|\}(?!\}))*)\}\}\s*$/;
const PART = /\$\{\{((?:[^}']|'[^']*'|\}(?!\}))*)\}\}/g;
const DIRECTIVE =
  /^\s*\$\{\{\s*(if|elseif|else|each|insert)\b\s*(.*?)\s*\}\}\s*$/s;

/**
 * Expands the template expressions of a YAML document: values, `if` /
 * `elseif` / `else`, `each`, `insert` (Azure Pipelines documentation,
 * "Template expressions").
 *
 * @throws ExpressionError
 */
export function expandTemplate(node: Value, scope: Scope): Value {
  if (typeof node === 'string') {
    return expandText(node, scope);
  }
  if (Array.isArray(node)) {
    return expandList(node, scope);
  }
  if (node !== null && typeof node === 'object') {
    return expandMap(node, scope);
  }
  return node;
}

function expandText(text: string, scope: Scope): Value {
  const whole = WHOLE.exec(text);
  if (whole) {
    return evaluateExpression(whole[1], scope);
  }
  return text.replace(PART, (_, expression) =>
    asText(evaluateExpression(expression, scope)),
  );
}

/** A list item that is one directive stands for the items under it. */
function expandList(items: Value[], scope: Scope): Value[] {
  const expanded: Value[] = [];
  let taken = false;
  for (const item of items) {
    const directive = onlyDirective(item);
    if (!directive) {
      const value = expandTemplate(item, scope);
      // `- ${{ parameters.steps }}` splices a list into the list.
      const splices = typeof item === 'string' && WHOLE.test(item);
      expanded.push(...(splices && Array.isArray(value) ? value : [value]));
      continue;
    }
    const { kind, argument, body } = directive;
    if (kind === 'each') {
      for (const inner of loop(argument, scope)) {
        expanded.push(...asList(expandTemplate(body, inner)));
      }
      continue;
    }
    if (kind === 'insert') {
      expanded.push(...asList(expandTemplate(body, scope)));
      continue;
    }
    const chosen = chooses(kind, argument, taken, scope);
    taken = chosen || (kind !== 'if' && taken);
    if (chosen) {
      expanded.push(...asList(expandTemplate(body, scope)));
    }
  }
  return expanded;
}

function expandMap(
  map: { [key: string]: Value },
  scope: Scope,
): { [key: string]: Value } {
  const expanded: { [key: string]: Value } = {};
  let taken = false;
  for (const [key, body] of Object.entries(map)) {
    const match = DIRECTIVE.exec(key);
    if (!match) {
      expanded[asText(expandText(key, scope))] = expandTemplate(body, scope);
      continue;
    }
    const [, kind, argument] = match;
    if (kind === 'each') {
      for (const inner of loop(argument, scope)) {
        Object.assign(expanded, expandTemplate(body, inner));
      }
      continue;
    }
    if (kind === 'insert') {
      Object.assign(expanded, expandTemplate(body, scope));
      continue;
    }
    const chosen = chooses(kind, argument, taken, scope);
    taken = chosen || (kind !== 'if' && taken);
    if (chosen) {
      Object.assign(expanded, expandTemplate(body, scope));
    }
  }
  return expanded;
}

function onlyDirective(
  item: Value,
): { kind: string; argument: string; body: Value } | undefined {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) {
    return undefined;
  }
  const keys = Object.keys(item);
  const match = keys.length === 1 ? DIRECTIVE.exec(keys[0]) : undefined;
  if (!match) {
    return undefined;
  }
  return { kind: match[1], argument: match[2], body: item[keys[0]] };
}

function chooses(
  kind: string,
  argument: string,
  taken: boolean,
  scope: Scope,
): boolean {
  if (kind === 'else') {
    return !taken;
  }
  if (kind === 'elseif' && taken) {
    return false;
  }
  return asBoolean(evaluateExpression(argument, scope));
}

/** `each x in list`, or over the pairs of a map with `x.key` and `x.value`. */
function loop(argument: string, scope: Scope): Scope[] {
  const [, name, source] = /^([A-Za-z_]\w*)\s+in\s+(.*)$/s.exec(argument) ?? [];
  const value = evaluateExpression(source ?? argument, scope);
  let items: Value[] = [];
  if (Array.isArray(value)) {
    items = value;
  } else if (value !== null && typeof value === 'object') {
    items = Object.entries(value).map(([key, inner]) => ({
      key,
      value: inner,
    }));
  }
  return items.map(item => ({
    ...scope,
    values: { ...scope.values, [name]: item },
  }));
}

function asList(value: Value): Value[] {
  return Array.isArray(value) ? value : [value];
}
