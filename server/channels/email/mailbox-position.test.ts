import { expect, test } from 'vitest'
import { nextRead, readPosition } from './mailbox-position.ts'

const position = {
  mailbox: 'v@mail.example/INBOX',
  uidValidity: '7',
  lastUid: 41,
  begunAt: '2026-11-01T10:00:00.000Z',
  at: '2026-11-25T10:00:00.000Z',
}
const found = { mailbox: position.mailbox, uidValidity: '7', uidNext: 50 }

test('a mailbox never read, or another one, begins with what comes from now on', () => {
  expect(nextRead(null, found)).toEqual({ by: 'uid', above: 49, isNew: true })
  expect(nextRead(position, { ...found, mailbox: 'v@mail.example/Ventas' })).toMatchObject({ above: 49, isNew: true })
})

test('reading goes on above the last one stored', () => {
  expect(nextRead(position, found)).toEqual({ by: 'uid', above: 41, isNew: false })
})

test('where numbers have lost their meaning, the last days are read again, but nothing from before the first', () => {
  const anew = { ...found, uidValidity: '8' }
  expect(nextRead(position, anew)).toEqual({ by: 'time', since: new Date('2026-11-23T10:00:00.000Z') })
  expect(nextRead({ ...position, begunAt: '2026-11-25T09:00:00.000Z' }, anew)).toEqual({
    by: 'time',
    since: new Date('2026-11-25T08:50:00.000Z'),
  })
})

test('a position that cannot be read is none', () => {
  expect(readPosition(position)).toEqual(position)
  for (const progress of [{}, { ...position, lastUid: '41' }, { ...position, at: 'yesterday' }])
    expect(readPosition(progress)).toBeNull()
})
