// "npm test" must work right after "git clone", so it installs what is missing.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../node_modules/typescript', import.meta.url))) {
  execSync('npm ci --no-audit --no-fund --prefer-offline', {
    cwd: new URL('..', import.meta.url),
    stdio: 'inherit',
  });
}
