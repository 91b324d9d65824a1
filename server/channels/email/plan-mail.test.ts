import { expect, test } from 'vitest'
import { openOwnIds } from './own-id.ts'
import { planMail } from './plan-mail.ts'
import type { EmailSettings } from './settings.ts'

const ids = openOwnIds('a secret for tests, long enough to be one')
const server = { host: 'mail.tienda.example', port: 465, security: 'tls', user: 'u', password: 'p' } as const
const settings: EmailSettings = {
  kind: 'email',
  address: 'ventas@tienda.example',
  displayName: '',
  smtp: server,
  imap: null,
}

const plan = (change: Partial<Parameters<typeof planMail>[1]> = {}) =>
  planMail(
    { workspaceId: 1, name: 'Ventas', settings },
    {
      messageId: 9,
      to: { address: 'ana@example.com', name: null },
      body: { type: 'text', text: 'Hola' },
      thread: [],
      replyToExtId: null,
      senderName: null,
      ...change,
    },
    ids,
    () => null,
  )!

const heard = (id: string, subject: string | null = 'Pedido', references: string[] | null = null) => ({
  extId: `${id}#${'0'.repeat(32)}`,
  incoming: true,
  subject,
  references,
})

test('an answer names the answered mail last, and has one Re:', () => {
  const thread = [heard('c@x.example', 'RE: Re[2]: AW: Pedido'), heard('b@x.example'), heard('a@x.example')]
  expect(plan({ thread })).toMatchObject({
    subject: 'Re: Pedido',
    inReplyTo: 'c@x.example',
    references: ['a@x.example', 'b@x.example', 'c@x.example'],
  })
})

test('mails that the answered one refers to are named though they never came here', () => {
  const thread = [heard('d@x.example', 'Pedido', ['c@x.example', 'nuestra', 'a@x.example']), heard('c@x.example')]
  expect(plan({ thread }).references).toEqual(['a@x.example', 'c@x.example', 'd@x.example'])
})

test('of a long thread the first and the newest are named, each once', () => {
  const thread = Array.from({ length: 300 }, (_, at) => heard(`m${300 - Math.floor(at / 2)}@x.example`))
  const { references } = plan({ thread })
  expect(references).toHaveLength(20)
  expect(references[0]).toBe('m151@x.example')
  expect(references.at(-1)).toBe('m300@x.example')
})

test('what is no Message-ID is not named', () => {
  const thread = [heard(''), heard('a b@x'), heard('<a@x.example>'), heard('good@x.example')]
  expect(plan({ thread }).references).toEqual(['good@x.example'])
})

test('another subject begins another thread, the same one goes on', () => {
  const thread = [heard('a@x.example')]
  const about = (subject: string) => plan({ thread, body: { type: 'text', text: 'x', subject } })
  expect(about('Factura')).toMatchObject({ subject: 'Factura', inReplyTo: null, references: [] })
  expect(about('Re: Pedido')).toMatchObject({ subject: 'Re: Pedido', inReplyTo: 'a@x.example' })
})

test('a first mail without a subject is called by its first line', () => {
  expect(plan({ body: { type: 'text', text: '\nHola, Ana\n¿qué tal?' } }).subject).toBe('Hola, Ana')
  expect(plan({ body: { type: 'text', text: 'palabra '.repeat(30) } }).subject).toMatch(/^.{1,70}$/)
})

test('it comes from the line’s name, else from whoever writes', () => {
  expect(plan().from).toEqual({ name: 'Ventas', address: 'ventas@tienda.example' })
  expect(plan({ senderName: 'Mario' }).from.name).toBe('Mario')
})

test('its Message-ID is one that only this installation can make, and is recognised', () => {
  const { messageId } = plan()
  expect(messageId).toMatch(/@tienda\.example$/)
  expect(ids.read(1, messageId)).toBe(9)
  expect(ids.read(2, messageId)).toBeNull()
  expect(openOwnIds('another secret, just as long as the first').read(1, messageId)).toBeNull()
})
