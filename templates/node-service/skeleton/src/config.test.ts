import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from './config.js';

describe('the configuration', () => {
  it('has defaults', () => {
    assert.deepEqual(readConfig({}), {
      port: 8080,
      logLevel: 'info',
      shutdownMs: 20_000,
      drainMs: 5_000,
    });
  });

  it('comes from the environment', () => {
    const env = { PORT: '9000', LOG_LEVEL: 'debug', SHUTDOWN_MS: '1', DRAIN_MS: '0' };
    assert.deepEqual(readConfig(env), {
      port: 9000,
      logLevel: 'debug',
      shutdownMs: 1,
      drainMs: 0,
    });
  });

  it('names what is wrong', () => {
    assert.throws(() => readConfig({ PORT: '70000' }), /PORT is "70000"/);
    assert.throws(() => readConfig({ PORT: 'http' }), /PORT is "http"/);
    assert.throws(() => readConfig({ LOG_LEVEL: 'loud' }), /LOG_LEVEL is "loud"/);
  });
});
