import { expect, test } from 'vitest'
import type { Message, ThreadItem } from '#contract/conversations.ts'
import { planThread } from './plan-thread.ts'

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString()

function message(time: string, change: Partial<Message> = {}): ThreadItem {
  return {
    type: 'message',
    message: {
      id: Date.parse(time) * 1000,
      at: time,
      direction: 'in',
      sender: { type: 'contact', memberId: null, name: null },
      channelId: 1,
      kind: 'whatsapp',
      body: { type: 'text', text: 'Hola' },
      attachments: [],
      reactions: [],
      page: null,
      edited: null,
      replyTo: null,
      status: 'received',
      failure: null,
      verified: null,
      ...change,
    },
  }
}

const out = { direction: 'out', sender: { type: 'member', memberId: 1, name: 'Ana' }, status: 'sent' } as const

test('a thread is read from the oldest, with a line where each day begins', () => {
  const plan = planThread([message(at(22, 9)), message(at(21, 18)), message(at(21, 9))])
  expect(plan.map((entry) => entry.type)).toEqual(['day', 'message', 'message', 'day', 'message'])
})

test('messages of one sender close together share one line of time', () => {
  const plan = planThread([message(at(22, 9, 10)), message(at(22, 9, 1)), message(at(22, 9, 0))])
  expect(plan.flatMap((entry) => (entry.type === 'message' ? [entry.endsRun] : []))).toEqual([false, true, true])
})

test('a message that failed never hides in a run', () => {
  const plan = planThread([message(at(22, 9, 1), out), message(at(22, 9), { ...out, status: 'failed' })])
  expect(plan.flatMap((entry) => (entry.type === 'message' ? [entry.endsRun] : []))).toEqual([true, true])
})

test('the newest message sent is marked; a note is none', () => {
  const note = message(at(22, 9, 2), { ...out, body: { type: 'note', text: 'ojo', mentions: [] } })
  const plan = planThread([note, message(at(22, 9, 1), out), message(at(22, 9), out)])
  expect(plan.flatMap((entry) => (entry.type === 'message' ? [entry.isLastOut] : []))).toEqual([false, true, false])
})

test('a subject stands where it changes, not on each answer', () => {
  const mail = (subject: string | null) => ({
    kind: 'email' as const,
    body: {
      type: 'email' as const,
      subject,
      text: 'Hola',
      quoted: null,
      hasHtml: false,
      to: [],
      cc: [],
      autoReply: false,
    },
  })
  const plan = planThread([
    message(at(22, 12), mail('Factura')),
    message(at(22, 11), { ...out, ...mail(null) }),
    message(at(22, 10), { ...out, ...mail('RE: Re: Pedido') }),
    message(at(22, 9), mail('Pedido')),
  ])
  expect(plan.flatMap((entry) => (entry.type === 'message' ? [entry.isNewSubject] : []))).toEqual([
    true,
    false,
    false,
    true,
  ])
})
