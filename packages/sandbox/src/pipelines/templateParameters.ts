// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { PipelineValidationError } from './PipelineValidationError';
import type { Value } from './evaluateExpression';

type Values = { [key: string]: Value };

const titles: Record<string, string> = { number: 'Number', boolean: 'Boolean' };

/**
 * The parameters of a template: given ones checked against the declared
 * types and allowed values, defaults for the rest.
 *
 * @throws PipelineValidationError with Azure Pipelines' own sentences
 */
export function templateParameters(
  path: string,
  declared: Value | undefined,
  given: Values,
): Values {
  const errors: string[] = [];
  const values: Values = {};
  const declarations = asDeclarations(declared);
  for (const name of Object.keys(given)) {
    if (!declarations.some(declaration => declaration.name === name)) {
      errors.push(`/${path}: Unexpected parameter '${name}'`);
    }
  }
  for (const declaration of declarations) {
    const { name, type, allowed } = declaration;
    const value = given[name] ?? declaration.default;
    if (value === undefined) {
      errors.push(
        `/${path}: A value for the '${name}' parameter must be provided.`,
      );
      continue;
    }
    const typed = cast(value, type);
    if (typed === undefined) {
      errors.push(
        `/${path}: The '${name}' parameter value '${String(
          value,
        )}' is not a valid ${titles[type] ?? type}.`,
      );
      continue;
    }
    if (allowed && !allowed.some(one => String(one) === String(typed))) {
      errors.push(
        `/${path}: The '${name}' parameter value '${String(
          value,
        )}' is not an allowed value: use ${allowed.map(String).join(', ')}.`,
      );
      continue;
    }
    values[name] = typed;
  }
  if (errors.length > 0) {
    throw new PipelineValidationError(errors);
  }
  return values;
}

interface Declaration {
  name: string;
  type: string;
  default?: Value;
  allowed?: Value[];
}

function asDeclarations(declared: Value | undefined): Declaration[] {
  if (Array.isArray(declared)) {
    return declared.map(item => {
      const map = item as Values;
      return {
        name: String(map.name),
        type: String(map.type ?? 'string'),
        default: map.default,
        allowed: Array.isArray(map.values) ? map.values : undefined,
      };
    });
  }
  // The old form: a map of names and defaults.
  return Object.entries((declared ?? {}) as Values).map(([name, value]) => ({
    name,
    type: 'object',
    default: value,
  }));
}

function cast(value: Value, type: string): Value | undefined {
  switch (type) {
    case 'number': {
      const number = Number(value);
      return value === '' || Number.isNaN(number) ? undefined : number;
    }
    case 'boolean':
      return /^(true|false)$/i.test(String(value))
        ? /^true$/i.test(String(value))
        : undefined;
    case 'string':
      return typeof value === 'object' ? undefined : String(value);
    default:
      return value;
  }
}
