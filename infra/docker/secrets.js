// Makes the secrets that docker-compose.yml asks for and .env does not have. Usage: npm run docker:secrets
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const file = join(root, '.env');
const asked = readFileSync(join(root, 'docker-compose.yml'), 'utf8').matchAll(/\$\{([A-Z_]+):\?/g);
const there = existsSync(file) ? readFileSync(file, 'utf8') : '';

const isThere = (name) => new RegExp(`^${name}=.`, 'm').test(there);
const missing = [...new Set([...asked].map(([, name]) => name))].filter((name) => !isThere(name));

const lines = missing.map((name) => `${name}=${randomBytes(32).toString('hex')}\n`);
const separator = there === '' || there.endsWith('\n') ? '' : '\n';
if (missing.length > 0) appendFileSync(file, separator + lines.join(''), { mode: 0o600 });
if (existsSync(file)) chmodSync(file, 0o600);
console.log(missing.length > 0 ? `.env now has ${missing.join(', ')}.` : '.env has all secrets.');
