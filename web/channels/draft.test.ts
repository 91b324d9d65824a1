import { expect, test } from 'vitest'
import type { ChannelSettings } from '#contract/channels.ts'
import {
  draftOf,
  lackingIn,
  newDraft,
  settingsOf,
  withAddress,
  withProvider,
  type EmailDraft,
  type WhatsappDraft,
} from './draft.ts'

const empty = () => newDraft('email') as EmailDraft

test('an address of a known provider brings its servers and its user', () => {
  const draft = withAddress(empty(), 'ana@gmail.com')
  expect(draft).toMatchObject({
    provider: 'gmail',
    smtp: { host: 'smtp.gmail.com', port: '465', security: 'tls', user: 'ana@gmail.com' },
    imap: { host: 'imap.gmail.com', port: '993', security: 'tls' },
  })
})

test('letter by letter, the user follows the address until somebody writes another', () => {
  let draft = empty()
  for (const address of ['a', 'an', 'ana@taller.example']) draft = withAddress(draft, address)
  expect(draft).toMatchObject({ provider: null, smtp: { user: 'ana@taller.example' } })
  draft = withAddress({ ...draft, smtp: { ...draft.smtp, user: 'mailbox7' } }, 'eva@taller.example')
  expect(draft.smtp.user).toBe('mailbox7')
})

test('a provider that was chosen is not replaced by a guess', () => {
  const chosen = withProvider(empty(), 'zoho')
  expect(withAddress(chosen, 'ana@gmail.com').smtp.host).toBe('smtp.zoho.com')
  expect(withProvider(chosen, 'own').smtp.host).toBe('smtp.zoho.com')
})

test('one sign-in serves both servers; without fetching there is no mailbox', () => {
  const draft = withAddress(empty(), 'ana@icloud.com')
  const filled = { ...draft, smtp: { ...draft.smtp, password: 'secret' } }
  expect(settingsOf(filled)).toMatchObject({ imap: { user: 'ana@icloud.com', password: 'secret', port: 993 } })
  expect(settingsOf({ ...filled, fetches: false })).toMatchObject({ imap: null })
  expect(settingsOf({ ...filled, smtp: { ...filled.smtp, port: 'x' } })).toMatchObject({ smtp: { port: 0 } })
})

test('every field that is needed and empty is named; secrets only where none is kept', () => {
  expect(lackingIn(newDraft('whatsapp'), true)).toEqual([
    'phoneNumberId',
    'businessAccountId',
    'accessToken',
    'appSecret',
  ])
  expect(lackingIn(newDraft('whatsapp'), false)).toEqual(['phoneNumberId', 'businessAccountId'])
  const twilio = { ...newDraft('whatsapp'), provider: 'twilio' } as WhatsappDraft
  expect(lackingIn(twilio, true)).toEqual(['accountSid', 'authToken', 'sender'])
  expect(lackingIn(newDraft('sms'), false)).toEqual(['accountSid', 'sender'])
  expect(lackingIn(newDraft('custom'), true)).toEqual(['apiBaseUrl'])
  const gmail = withAddress(empty(), 'ana@gmail.com')
  expect(lackingIn(gmail, true)).toEqual(['smtp.password'])
  expect(lackingIn({ ...gmail, sharesSignIn: false }, true)).toEqual(['smtp.password', 'imap.password'])
  const relay = { ...gmail, fetches: false, smtp: { ...gmail.smtp, user: '' } }
  expect(lackingIn(relay, true)).toEqual([])
})

test.each<ChannelSettings>([
  { kind: 'custom', apiBaseUrl: 'https://bridge.example', contactIdType: 'custom' },
  { kind: 'whatsapp', phoneNumberId: '12345', businessAccountId: '67890', accessToken: '', appSecret: '' },
  { kind: 'whatsapp', provider: 'twilio', accountSid: 'AC1', authToken: '', sender: '+34600000142' },
  { kind: 'sms', accountSid: 'AC1', authToken: '', sender: 'MG1' },
  {
    kind: 'email',
    address: 'ana@taller.example',
    displayName: 'Taller',
    smtp: { host: 'mail.taller.example', port: 25, security: 'none', user: '', password: '' },
    imap: null,
  },
  {
    kind: 'email',
    address: 'ana@gmail.com',
    displayName: '',
    smtp: { host: 'smtp.gmail.com', port: 465, security: 'tls', user: 'ana@gmail.com', password: '' },
    imap: { host: 'imap.gmail.com', port: 993, security: 'tls', user: 'other', password: '', folder: 'Ventas' },
  },
])('the form of a connected channel says what it was connected with: %j', (settings) => {
  expect(settingsOf(draftOf(settings))).toEqual(settings)
})
