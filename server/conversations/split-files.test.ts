import { expect, test } from 'vitest'
import { splitFiles } from './split-files.ts'

const hello = { type: 'text', text: 'hola' } as const
const silent = { type: 'text', text: '' } as const

test('a channel that takes any number of files gets one message', () => {
  expect(splitFiles(hello, ['a', 'b'])).toEqual([{ body: hello, attachmentIds: ['a', 'b'] }])
  expect(splitFiles(hello, [], 1)).toEqual([{ body: hello, attachmentIds: [] }])
})

test('where one message takes one file, each file gets a message and the words go first', () => {
  expect(splitFiles(hello, ['a', 'b', 'c'], 1)).toEqual([
    { body: hello, attachmentIds: ['a'] },
    { body: silent, attachmentIds: ['b'] },
    { body: silent, attachmentIds: ['c'] },
  ])
})
