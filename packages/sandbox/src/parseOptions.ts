// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseArgs } from 'node:util';
import { StartFailure } from './StartFailure';

/** What a command line and its environment ask for. */
export interface StartOptions {
  /** Folder of `state.sqlite` and the git repositories. */
  dir: string;
  basePort: number;
  speed: number;
  /** How many services the world has; undefined: as many as the demo tells, or as it was born with. */
  scale?: number;
}

const LAST_OFFSET = 11;
const MOST_SERVICES = 5000;

/**
 * Reads `--speed` and `--scale`, FAIRWAY_STATE and FAIRWAY_SANDBOX_PORT.
 *
 * @throws StartFailure that names what is wrong
 */
export function parseOptions(
  args: string[],
  env: Record<string, string | undefined>,
): StartOptions {
  let values: { speed?: string; scale?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: { speed: { type: 'string' }, scale: { type: 'string' } },
    }));
  } catch (error) {
    throw new StartFailure(
      `${
        (error as Error).message.split('. ')[0]
      }. There are --speed and --scale.`,
    );
  }
  return {
    dir: `${env.FAIRWAY_STATE ?? '.fairway/state'}/sandbox`,
    basePort: number(
      'FAIRWAY_SANDBOX_PORT',
      env.FAIRWAY_SANDBOX_PORT ?? '7100',
      {
        least: 1024,
        most: 65_535 - LAST_OFFSET,
        whole: true,
      },
    ),
    speed: number('--speed', values.speed ?? '1', { least: 0.1, most: 1000 }),
    ...(values.scale === undefined
      ? {}
      : {
          scale: number('--scale', values.scale, {
            least: 1,
            most: MOST_SERVICES,
            whole: true,
          }),
        }),
  };
}

function number(
  name: string,
  text: string,
  { least, most, whole }: { least: number; most: number; whole?: boolean },
): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (
    !(value >= least && value <= most) ||
    (whole && !Number.isInteger(value))
  ) {
    throw new StartFailure(
      `${name} must be a ${
        whole ? 'whole ' : ''
      }number from ${least} to ${most}, but is "${text}".`,
    );
  }
  return value;
}
