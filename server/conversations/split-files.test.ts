import { expect, test } from 'vitest'
import { splitFiles } from './split-files.ts'

const hello = { type: 'text', text: 'hola' } as const
const silent = { type: 'text', text: '' } as const

test('a channel that takes any number of files gets one message', () => {
  expect(splitFiles(hello, ['a', 'b'])).toEqual([{ body: hello, attachmentIds: ['a', 'b'] }])
  expect(splitFiles(hello, [], { filesPerMessage: 1 })).toEqual([{ body: hello, attachmentIds: [] }])
})

test('where one message takes one file, each file gets a message and the words go first', () => {
  expect(splitFiles(hello, ['a', 'b', 'c'], { filesPerMessage: 1 })).toEqual([
    { body: hello, attachmentIds: ['a'] },
    { body: silent, attachmentIds: ['b'] },
    { body: silent, attachmentIds: ['c'] },
  ])
})

test('where a file carries no words, they are a message of their own before it', () => {
  const alone = { filesPerMessage: 1, withoutCaptions: true }
  expect(splitFiles(hello, ['a', 'b'], alone)).toEqual([
    { body: hello, attachmentIds: [] },
    { body: silent, attachmentIds: ['a'] },
    { body: silent, attachmentIds: ['b'] },
  ])
  expect(splitFiles(silent, ['a', 'b'], alone)).toEqual([
    { body: silent, attachmentIds: ['a'] },
    { body: silent, attachmentIds: ['b'] },
  ])
})
