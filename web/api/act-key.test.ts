import { expect, test } from 'vitest'
import { actKey, endAct } from './act-key.ts'

test('a retry of the same act carries the same key', () => {
  const input = { contactId: 1 }
  expect(actKey(input)).toBe(actKey(input))
})

test('pressing again after the answer is a new act', () => {
  const input = { contactId: 1 }
  const first = actKey(input)
  endAct(input)
  expect(actKey(input)).not.toBe(first)
})

test('equal but separate inputs are separate acts', () => {
  expect(actKey({ contactId: 1 })).not.toBe(actKey({ contactId: 1 }))
  expect(actKey(undefined)).not.toBe(actKey(undefined))
})
