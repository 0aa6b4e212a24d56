// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  checkServiceDescription,
  checkServiceName,
  SERVICE_NAME_MAX,
  SERVICE_NAME_MIN,
} from '@fairway/plugin-delivery-common';

/** What a person asked for. Unknown values, because anybody can call the API. */
export interface ServiceInput {
  name: unknown;
  description: unknown;
  owner: unknown;
  environments: unknown;
  exposure: unknown;
}

/** The same, checked. */
export interface CheckedService {
  name: string;
  description: string;
  /** Full reference of a group. */
  owner: string;
  /** Name of that group, which is also its namespace and project. */
  team: string;
  /** In the order in which a change reaches them. */
  environments: string[];
  exposure: Exposure;
}

/** Ways in which a service can be reached. */
export const EXPOSURES = ['none', 'gateway', 'ingress-nginx'] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** One thing to correct. */
export interface InputProblem {
  field: keyof ServiceInput;
  message: string;
}

/** What can be seen of a service from its input alone. */
export function checkServiceInput(
  input: ServiceInput,
  known: { environments: string[] },
): { service?: CheckedService; problems: InputProblem[] } {
  const problems: InputProblem[] = [];
  const say = (field: keyof ServiceInput, message?: string) => {
    if (message) {
      problems.push({ field, message });
    }
  };
  say('name', nameProblem(input.name));
  say('description', descriptionProblem(input.description));
  say('owner', ownerProblem(input.owner));
  say(
    'environments',
    environmentsProblem(input.environments, known.environments),
  );
  if (!EXPOSURES.some(exposure => exposure === input.exposure)) {
    say(
      'exposure',
      `${shown(input.exposure)} is not one of ${EXPOSURES.join(', ')}.`,
    );
  }
  if (problems.length > 0) {
    return { problems };
  }
  const chosen = input.environments as string[];
  const owner = input.owner as string;
  return {
    problems,
    service: {
      name: input.name as string,
      description: (input.description as string).trim(),
      owner,
      team: owner.slice(owner.indexOf('/') + 1),
      environments: known.environments.filter(name => chosen.includes(name)),
      exposure: input.exposure as Exposure,
    },
  };
}

function nameProblem(name: unknown): string | undefined {
  const problem = checkServiceName(typeof name === 'string' ? name : '');
  switch (problem?.code) {
    case undefined:
      return undefined;
    case 'missing':
      return 'a name is needed, such as checkout.';
    case 'short':
    case 'long':
      return `${shown(name)} has ${
        String(name).length
      } characters; use ${SERVICE_NAME_MIN} to ${SERVICE_NAME_MAX}.`;
    case 'reserved':
      return `${shown(
        name,
      )} is reserved for the platform. Choose another name.`;
    case 'windows':
      return `${shown(
        name,
      )} cannot be a folder on Windows. Choose another name.`;
    default:
      return `${shown(
        name,
      )} must begin with a letter from a to z, hold only a-z, 0-9 and "-", and end with a letter or digit.`;
  }
}

function descriptionProblem(description: unknown): string | undefined {
  const problem = checkServiceDescription(
    typeof description === 'string' ? description : '',
  );
  switch (problem?.code) {
    case undefined:
      return undefined;
    case 'missing':
      return 'say in one sentence what the service does.';
    case 'long':
      return `${problem.length} characters; use at most ${problem.max}.`;
    case 'invisible':
      return 'only one line of plain text: no line break, control or invisible character.';
    default:
      return 'no template text such as ${{ }} or {% %}.';
  }
}

function ownerProblem(owner: unknown): string | undefined {
  if (
    typeof owner !== 'string' ||
    !/^group:default\/[a-z][a-z0-9-]{0,38}[a-z0-9](?![\s\S])/.test(owner)
  ) {
    return `${shown(
      owner,
    )} is not a group. Use one of your groups, such as group:default/team-a.`;
  }
  return undefined;
}

function environmentsProblem(
  given: unknown,
  known: string[],
): string | undefined {
  if (!Array.isArray(given) || given.length === 0) {
    return `choose at least ${known[0]}.`;
  }
  const foreign = given.filter(name => !known.includes(name));
  if (foreign.length > 0) {
    return `${foreign
      .map(shown)
      .join(', ')} is no environment of this portal; it has ${known.join(
      ', ',
    )}.`;
  }
  if (new Set(given).size < given.length) {
    return 'names each environment once.';
  }
  if (!given.includes(known[0])) {
    return `${known[0]} must be one of them: every change goes there first.`;
  }
  return undefined;
}

/** A value in a message: short, and with what cannot be seen written out. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  const plain = text.replace(
    /[^\x20-\x7e]/gu,
    c => `\\u{${c.codePointAt(0)!.toString(16)}}`,
  );
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
}
