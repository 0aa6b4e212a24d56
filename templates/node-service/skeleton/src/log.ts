import { LOG_LEVELS, type LogLevel } from './config.js';

/** Writes one line of JSON for each event. */
export interface Log {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

export function createLog(
  lowest: LogLevel,
  write: (line: string) => void = line => process.stdout.write(line),
): Log {
  const at = (level: LogLevel) => (message: string, fields: object = {}) => {
    if (LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(lowest)) {
      const time = new Date().toISOString();
      write(`${JSON.stringify({ time, level, message, ...fields })}\n`);
    }
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
