import { expect, test } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { outgoingBody, storedBody } from './outgoing-body.ts'

const line = { kind: 'whatsapp', to: '+34600000142', templateText: 'Hola Ana', fileCount: 0 } as const

test('what is sent later is what was written', () => {
  const bodies: OutgoingBody[] = [
    { type: 'text', text: 'hola' },
    { type: 'template', name: 'saludo', language: 'es', variables: { '1': 'Ana' } },
    { type: 'buttons', text: '¿Sí?', choices: ['Sí', 'No'] },
  ]
  for (const body of bodies) expect(outgoingBody(storedBody(body, line))).toEqual(body)
})

test('a mail keeps its subject and copies', () => {
  const body: OutgoingBody = { type: 'text', text: 'hola', subject: 'Pedido', cc: ['b@example.com'] }
  const stored = storedBody(body, { ...line, kind: 'email', to: 'a@example.com' })
  expect(stored).toMatchObject({ type: 'email', to: ['a@example.com'], cc: ['b@example.com'], subject: 'Pedido' })
  expect(outgoingBody(stored)).toEqual(body)
})

test('files without words stand as attachments', () => {
  const stored = storedBody({ type: 'text', text: '' }, { ...line, fileCount: 1 })
  expect(stored).toEqual({ type: 'attachment', text: null })
  expect(outgoingBody(stored)).toEqual({ type: 'text', text: '' })
})
