import { expect, test } from 'vitest'
import type { Message, MessageBody, ThreadItem } from '#contract/conversations.ts'
import { leaveArrived } from './leave-arrived.ts'

const shown = (id: number, body: MessageBody, change: Partial<Message> = {}): ThreadItem => ({
  type: 'message',
  message: {
    id,
    at: '2026-11-24T10:00:00.000Z',
    direction: 'out',
    sender: { type: 'member', memberId: 1, name: 'Ana' },
    channelId: 1,
    kind: 'whatsapp',
    body,
    attachments: [],
    reactions: [],
    page: null,
    edited: null,
    replyTo: null,
    status: 'queued',
    failure: null,
    verified: null,
    ...change,
  },
})
const text = (words: string): MessageBody => ({ type: 'text', text: words })
const sent = (id: number, words: string, { after = 10, isNote = false } = {}) => ({
  id,
  sending: {
    draft: {
      isNote,
      text: isNote ? '' : words,
      note: isNote ? words : '',
      subject: '',
      channelId: null,
      files: [],
      refusal: null,
      wantsCaret: false,
    },
    after,
  },
})
const left = (...given: Parameters<typeof leaveArrived<ReturnType<typeof sent>>>) =>
  leaveArrived(...given).map(({ id }) => id)

test('what stands in the thread is not shown a second time', () => {
  expect(left([sent(1, ' Sí ')], [shown(11, text('Sí'))])).toEqual([])
})

test('an older message with the same words, another’s or a note hides nothing', () => {
  const items = [
    shown(12, text('Sí'), { direction: 'in' }),
    shown(11, { type: 'note', text: 'Sí', mentions: [] }),
    shown(10, text('Sí')),
  ]
  expect(left([sent(1, 'Sí')], items)).toEqual([1])
})

test('of two with the same words one that arrived hides one', () => {
  expect(left([sent(1, 'ok'), sent(2, 'ok')], [shown(11, text('ok'))])).toEqual([2])
})
