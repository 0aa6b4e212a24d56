/** What the service takes from its environment. */
export interface Config {
  /** Port to listen on; 0 takes any free one. */
  port: number;
  /** Nothing less severe is logged. */
  logLevel: LogLevel;
  /** How long open requests may take after SIGTERM, in milliseconds. */
  shutdownMs: number;
  /** How long the service still answers after SIGTERM, until nobody sends to it any more. */
  drainMs: number;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** @throws Error that names the variable and what it must be */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const logLevel = LOG_LEVELS.find(
    level => level === (env['LOG_LEVEL'] ?? 'info'),
  );
  if (!logLevel) {
    throw new Error(
      `LOG_LEVEL is "${env['LOG_LEVEL']}"; use one of ${LOG_LEVELS.join(', ')}`,
    );
  }
  return {
    port: wholeNumber(env, 'PORT', 8080, 65_535),
    logLevel,
    shutdownMs: wholeNumber(env, 'SHUTDOWN_MS', 20_000, 600_000),
    drainMs: wholeNumber(env, 'DRAIN_MS', 5_000, 60_000),
  };
}

function wholeNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  otherwise: number,
  max: number,
): number {
  const given = env[name];
  if (given === undefined || given === '') {
    return otherwise;
  }
  const value = Number(given);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new Error(`${name} is "${given}"; use a whole number from 0 to ${max}`);
  }
  return value;
}
