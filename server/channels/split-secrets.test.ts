import { expect, test } from 'vitest'
import { mergeSettings, putSecrets, takeSecrets } from './split-secrets.ts'

const paths = ['token', 'smtp.password', 'imap.password']
const whole = { kind: 'x', token: 't', smtp: { host: 'h', password: 'p' }, imap: { host: 'i', password: 'q' } }

test('secrets are taken out by their paths and put back in their places', () => {
  const { settings, secrets } = takeSecrets(whole, paths)
  expect(settings).toEqual({
    kind: 'x',
    token: '',
    smtp: { host: 'h', password: '' },
    imap: { host: 'i', password: '' },
  })
  expect(secrets).toEqual({ token: 't', 'smtp.password': 'p', 'imap.password': 'q' })
  expect(putSecrets(settings, secrets)).toEqual(whole)
  expect(whole.token).toBe('t')
})

test('a part that is not there has no secrets', () => {
  const { settings, secrets } = takeSecrets({ ...whole, imap: null }, paths)
  expect(secrets).toEqual({ token: 't', 'smtp.password': 'p' })
  expect(putSecrets(settings, { ...secrets, 'imap.password': 'old' })).toEqual({ ...whole, imap: null })
})

test('an edit replaces what it names; a secret sent as "" stays', () => {
  expect(
    mergeSettings(whole, { token: '', smtp: { password: '' }, imap: { host: 'j', password: 'new' } }, paths),
  ).toEqual({
    ...whole,
    imap: { host: 'j', password: 'new' },
  })
  expect(mergeSettings(whole, { imap: null }, paths)).toEqual({ ...whole, imap: null })
  expect(mergeSettings({ ...whole, imap: null }, { imap: { host: 'j', password: '' } }, paths)).toEqual({
    ...whole,
    imap: { host: 'j', password: '' },
  })
})
