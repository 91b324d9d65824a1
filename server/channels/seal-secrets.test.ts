import { expect, test } from 'vitest'
import { openSecrets, sealSecrets } from './seal-secrets.ts'

const secret = 'the secret of a server, kept in its data folder'
const owner = { workspaceId: 1, channelId: 2 }
const secrets = { settings: { accessToken: 'EAAB-canary' }, own: { verifyToken: 'ñ' } }

test('what was sealed opens, and only for its own channel, secret and bytes', () => {
  const sealed = sealSecrets(secret, owner, secrets)
  expect(openSecrets(secret, owner, sealed)).toEqual(secrets)
  expect(() => openSecrets(secret, { ...owner, channelId: 3 }, sealed)).toThrow('authenticate')
  expect(() => openSecrets(secret, { workspaceId: 12, channelId: 2 }, sealed)).toThrow('authenticate')
  expect(() => openSecrets(`${secret}.`, owner, sealed)).toThrow('authenticate')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(() => openSecrets(secret, owner, changed)).toThrow(/authenticate|version/)
  }
})

test('sealing shows nothing and never looks the same twice', () => {
  const first = sealSecrets(secret, owner, secrets)
  expect(first.includes('canary')).toBe(false)
  expect(first.equals(sealSecrets(secret, owner, secrets))).toBe(false)
})
