import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextStatus, statusCode, statusName, type StatusNews } from './next-status.ts'
import type { MessageStatus } from '#contract/conversations.ts'

const news: StatusNews[] = ['sent', 'delivered', 'read', 'failed', 'unknown']
const apply = (start: MessageStatus, list: readonly StatusNews[]) =>
  list.reduce<MessageStatus>((status, word) => nextStatus(status, word) ?? status, start)

test('receipts in any order, any number of times, end at the furthest one', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(['sent', 'delivered', 'read'] as const, { minLength: 1 }),
      fc.nat(3),
      (list, times) => {
        const furthest = (['read', 'delivered', 'sent'] as const).find((status) => list.includes(status))
        const repeated = Array.from({ length: times + 1 }, () => list).flat()
        expect(apply('queued', repeated)).toBe(furthest)
      },
    ),
  )
})

test('nothing moves a message back', () => {
  const order: MessageStatus[] = ['queued', 'sent', 'delivered', 'read']
  const back = order.flatMap((current, at) =>
    news.filter((word) => order.indexOf(nextStatus(current, word) ?? 'failed') in order.slice(0, at + 1)),
  )
  expect(back).toEqual([])
})

test('what has arrived cannot fail, and a received message has no status to move', () => {
  expect(nextStatus('delivered', 'failed')).toBeNull()
  expect(nextStatus('read', 'failed')).toBeNull()
  for (const word of news) expect(nextStatus('received', word)).toBeNull()
})

test('only queued, sent and unknown can fail', () => {
  const failing = (Object.keys(statusCode) as MessageStatus[]).filter(
    (status) => nextStatus(status, 'failed') === 'failed',
  )
  expect(failing.toSorted()).toEqual(['queued', 'sent', 'unknown'])
})

test('unknown gives way to any later truth', () => {
  for (const word of ['sent', 'delivered', 'read', 'failed'] as const) expect(nextStatus('unknown', word)).toBe(word)
})

test('codes and names go both ways', () => {
  for (const name of Object.keys(statusCode) as MessageStatus[]) expect(statusName(statusCode[name])).toBe(name)
})
