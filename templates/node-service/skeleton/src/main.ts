import { readConfig } from './config.js';
import { createLog } from './log.js';
import { Service } from './service.js';

const config = readConfig(process.env);
const log = createLog(config.logLevel);
const service = new Service(config, log);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void service.stop();
  });
}

await service.start();
