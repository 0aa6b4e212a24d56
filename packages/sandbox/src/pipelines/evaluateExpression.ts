// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** What an expression of Azure Pipelines can be. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Value[]
  | { [key: string]: Value };

export interface Scope {
  /** Named values such as `parameters` and `variables`; and loop variables. */
  values: Record<string, Value>;
  /** Status functions such as `succeeded()`, where they exist. */
  functions?: Record<string, (args: Value[]) => Value>;
}

/** An expression that cannot be read or evaluated. */
export class ExpressionError extends Error {}

type Token = { kind: 'name' | 'text' | 'number' | 'mark'; text: string };

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)*(?![\w-]))|([A-Za-z_][\w-]*)|([()[\],.*]))/y;

/** How a value reads inside text. */
export function asText(value: Value | undefined): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function asBoolean(value: Value | undefined): boolean {
  if (typeof value === 'string') {
    return value !== '';
  }
  return (
    value !== null && value !== undefined && value !== false && value !== 0
  );
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const source = text.trim();
  while (TOKEN.lastIndex < source.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) {
      throw new ExpressionError(
        `Unexpected symbol: '${
          source.slice(from).trim()[0]
        }' in expression '${source}'.`,
      );
    }
    const [, quoted, number, name, mark] = match;
    if (quoted) {
      tokens.push({
        kind: 'text',
        text: quoted.slice(1, -1).replace(/''/g, "'"),
      });
    } else if (number) {
      tokens.push({ kind: 'number', text: number });
    } else if (name) {
      tokens.push({ kind: 'name', text: name });
    } else {
      tokens.push({ kind: 'mark', text: mark });
    }
  }
  return tokens;
}

function member(value: Value, key: string): Value {
  if (Array.isArray(value)) {
    return key === '*' ? value : value[Number(key)] ?? null;
  }
  if (value === null || typeof value !== 'object') {
    return null;
  }
  const found = Object.keys(value).find(
    name => name.toLowerCase() === key.toLowerCase(),
  );
  return found === undefined ? null : value[found];
}

function same(left: Value, right: Value): boolean {
  if (typeof left === 'boolean') {
    return (
      left ===
      (typeof right === 'string' ? /^true$/i.test(right) : asBoolean(right))
    );
  }
  if (typeof left === 'number') {
    return left === Number(right);
  }
  return asText(left).toLowerCase() === asText(right).toLowerCase();
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'number') {
    return left - Number(right);
  }
  return asText(left)
    .toLowerCase()
    .localeCompare(asText(right).toLowerCase(), 'en', { numeric: true });
}

function listOf(value: Value): Value[] {
  if (Array.isArray(value)) {
    return value;
  }
  return value !== null && typeof value === 'object'
    ? Object.values(value)
    : [];
}

const lower = (value: Value) => asText(value).toLowerCase();

const FUNCTIONS: Record<string, (args: Value[]) => Value> = {
  and: args => args.every(asBoolean),
  or: args => args.some(asBoolean),
  not: ([value]) => !asBoolean(value),
  xor: ([a, b]) => asBoolean(a) !== asBoolean(b),
  eq: ([a, b]) => same(a, b),
  ne: ([a, b]) => !same(a, b),
  gt: ([a, b]) => compare(a, b) > 0,
  ge: ([a, b]) => compare(a, b) >= 0,
  lt: ([a, b]) => compare(a, b) < 0,
  le: ([a, b]) => compare(a, b) <= 0,
  in: ([value, ...others]) => others.some(other => same(value, other)),
  notin: ([value, ...others]) => !others.some(other => same(value, other)),
  contains: ([text, part]) => lower(text).includes(lower(part)),
  containsvalue: ([list, value]) =>
    listOf(list).some(item => same(item, value)),
  startswith: ([text, part]) => lower(text).startsWith(lower(part)),
  endswith: ([text, part]) => lower(text).endsWith(lower(part)),
  coalesce: args => args.find(value => asText(value) !== '') ?? '',
  iif: ([test, yes, no]) => (asBoolean(test) ? yes : no),
  length: ([value]) =>
    typeof value === 'string' ? value.length : listOf(value).length,
  lower: ([text]) => lower(text),
  upper: ([text]) => asText(text).toUpperCase(),
  trim: ([text]) => asText(text).trim(),
  replace: ([text, from, to]) =>
    asText(text).split(asText(from)).join(asText(to)),
  split: ([text, mark]) => asText(text).split(asText(mark)),
  join: ([mark, list]) => listOf(list).map(asText).join(asText(mark)),
  converttojson: ([value]) => JSON.stringify(value, null, 2),
  format: ([text, ...args]) =>
    asText(text).replace(/\{(\d+)\}/g, (_, index) => asText(args[index])),
};

/**
 * Evaluates one expression (Azure Pipelines documentation, "Expressions"):
 * functions, property access with `.` and `[]`, literals. Comparison ignores
 * case and casts the right side to the type of the left.
 *
 * @throws ExpressionError
 */
export function evaluateExpression(text: string, scope: Scope): Value {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at];
  const take = (mark?: string): Token => {
    const token = tokens[at];
    if (!token || (mark && token.text !== mark)) {
      throw new ExpressionError(
        `Unexpected ${token ? `symbol: '${token.text}'` : 'end'}. Expected ${
          mark ? `'${mark}'` : 'a value'
        } in expression '${text.trim()}'.`,
      );
    }
    at += 1;
    return token;
  };
  const named = (name: string, expression: () => Value): Value => {
    if (peek()?.text === '(' && peek().kind === 'mark') {
      take('(');
      const args: Value[] = [];
      while (peek()?.text !== ')' || peek().kind !== 'mark') {
        if (args.length > 0) {
          take(',');
        }
        args.push(expression());
      }
      take(')');
      const own = scope.functions?.[name];
      const call = own ?? FUNCTIONS[name.toLowerCase()];
      if (!call) {
        throw new ExpressionError(
          `Unrecognized value: '${name}'. It is not a function of expressions.`,
        );
      }
      return call(args);
    }
    switch (name.toLowerCase()) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
        return null;
      default:
        if (!(name in scope.values)) {
          throw new ExpressionError(
            `Unrecognized value: '${name}' in expression '${text.trim()}'.`,
          );
        }
        return scope.values[name];
    }
  };
  const expression = (): Value => {
    const token = take();
    let value: Value;
    if (token.kind === 'text') {
      value = token.text;
    } else if (token.kind === 'number') {
      const number = Number(token.text);
      // 1.2.3 is a version, which compares as text.
      value = Number.isNaN(number) ? token.text : number;
    } else if (token.kind === 'name') {
      value = named(token.text, expression);
    } else {
      throw new ExpressionError(
        `Unexpected symbol: '${token.text}' in expression '${text.trim()}'.`,
      );
    }
    for (;;) {
      const next = peek()?.text;
      if (next === '.' && peek().kind === 'mark') {
        take('.');
        value = member(value, take().text);
      } else if (next === '[' && peek().kind === 'mark') {
        take('[');
        value = member(value, asText(expression()));
        take(']');
      } else {
        return value;
      }
    }
  };
  const result = expression();
  if (at < tokens.length) {
    throw new ExpressionError(
      `Unexpected symbol: '${tokens[at].text}' in expression '${text.trim()}'.`,
    );
  }
  return result;
}
