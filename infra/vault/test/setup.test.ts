import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { readSupergraphConfig } from '@crema/schema';

const root = resolve(import.meta.dirname, '../../..');
const parts = [
  'router',
  ...readSupergraphConfig(join(root, 'supergraph.yaml')).map(({ name }) => name),
];

/** What the script has asked of `vault`, which here only writes it down. */
function said(...parameters: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'crema-vault-'));
  const file = join(folder, 'said');
  const vault = join(folder, 'vault');
  writeFileSync(
    vault,
    `#!/bin/sh\necho "vault $*" >>'${file}'\n[ "$1" = policy ] && cat >>'${file}'\nexit 0\n`,
  );
  chmodSync(vault, 0o755);
  const { status, stderr } = spawnSync(join(root, 'infra/vault/setup.sh'), parameters, {
    env: { PATH: `${folder}${delimiter}${process.env['PATH']}` },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return text;
}

it('lets every part read what all share and what is its own, and nothing else', () => {
  const text = said('shop');
  for (const part of parts) {
    expect(text).toContain(
      `vault policy write crema-${part} -\n` +
        'path "secret/data/crema/common" { capabilities = ["read"] }\n' +
        `path "secret/data/crema/${part}" { capabilities = ["read"] }\n` +
        `vault write auth/kubernetes/role/crema-${part} bound_service_account_names=${part} ` +
        `bound_service_account_namespaces=shop token_policies=crema-${part} `,
    );
  }
  expect(text.match(/vault policy write/g)).toHaveLength(parts.length);
});
