import { expect, test } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { refuseMessage } from './refuse-message.ts'

const now = new Date('2026-03-01T12:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const text: OutgoingBody = { type: 'text', text: 'Hola' }
const template = (variables: Record<string, string>): OutgoingBody => ({
  type: 'template',
  name: 'order',
  language: 'es',
  variables,
})
const seen = {
  templates: [
    { name: 'order', language: 'es', category: null, body: '{{1}}', header: null, footer: null, variables: ['1'] },
  ],
}

const refuse = (body: OutgoingBody, more: { fileCount?: number; lastInAt?: Date | null; progress?: object } = {}) =>
  refuseMessage(
    { progress: { ...more.progress } },
    { body, fileCount: more.fileCount ?? 0, lastInAt: more.lastInAt === undefined ? ago(1) : more.lastInAt, now },
  )

test('free words only within twenty-four hours of the person’s last message', () => {
  expect(refuse(text, { lastInAt: ago(23.99) })).toBeNull()
  expect(refuse(text, { lastInAt: ago(24) })).toBe('window-closed')
  expect(refuse(text, { lastInAt: null })).toBe('window-closed')
  expect(refuse({ type: 'buttons', text: 'x', choices: ['a'] }, { lastInAt: null })).toBe('window-closed')
  expect(refuse(template({ '1': 'Ana' }), { lastInAt: null })).toBeNull()
})

test('what WhatsApp has no form for is refused by name', () => {
  expect(refuse(text, { fileCount: 2 })).toBe('too-many-files')
  expect(refuse({ type: 'text', text: '  ' })).toBe('empty')
  expect(refuse({ type: 'text', text: '' }, { fileCount: 1 })).toBeNull()
  expect(refuse({ type: 'text', text: 'x'.repeat(4097) })).toBe('too-long')
  expect(refuse({ type: 'text', text: 'x'.repeat(1025) }, { fileCount: 1 })).toBe('too-long')
  expect(refuse({ type: 'buttons', text: 'x', choices: ['a', 'a'] })).toBe('choices-repeated')
  expect(refuse({ type: 'buttons', text: 'x', choices: ['a'] }, { fileCount: 1 })).toBe('buttons-without-files')
  expect(refuse(template({}), { fileCount: 1 })).toBe('template-without-files')
})

test('templates are held against those that were last seen', () => {
  expect(refuse(template({ '1': 'Ana' }), { progress: seen })).toBeNull()
  expect(refuse(template({ '1': ' ' }), { progress: seen })).toBe('template-incomplete')
  expect(refuse(template({}), { progress: seen })).toBe('template-incomplete')
  expect(refuse(template({}), { progress: { templates: [] } })).toBe('template-missing')
  expect(refuse(template({}))).toBeNull()
})
