import { ORPCError } from '@orpc/server'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCursor, writeCursor } from './page-cursor.ts'

test('a cursor comes back as it went', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (list, place) => {
      expect(readCursor(list, writeCursor(list, place))).toEqual(place)
    }),
  )
})

test('an edited cursor, or one of another list, is bad input and nothing else', () => {
  const cursor = writeCursor('1:mine', ['2026-01-01', '7'])
  for (const wrong of [
    cursor.slice(1),
    `${cursor}AA`,
    `${cursor}x`,
    `${cursor}.`,
    'x',
    '%',
    'bnVsbA',
    'e30',
    cursor.toUpperCase(),
  ])
    expect(() => readCursor('1:mine', wrong)).toThrow(ORPCError)
  expect(() => readCursor('2:mine', cursor)).toThrow(ORPCError)
})
