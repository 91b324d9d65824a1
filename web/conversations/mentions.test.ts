import { expect, test } from 'vitest'
import { findMentions, matchPeople, mentionAt, putMention } from './mentions.ts'

const people = [
  { id: 1, name: 'Ana' },
  { id: 2, name: 'Ana Gil' },
  { id: 3, name: 'Óscar Peña' },
]

test('an @ at the beginning of a word begins a mention, one inside an address does not', () => {
  expect(mentionAt('avisa a @an', 11)).toEqual({ start: 8, query: 'an' })
  expect(mentionAt('@', 1)).toEqual({ start: 0, query: '' })
  expect(mentionAt('escribe a ana@example.com', 17)).toBeNull()
})

test('a chosen name takes the place of what was typed', () => {
  expect(putMention('hola @an y adiós', { start: 5, query: 'an' }, 'Ana Gil')).toEqual({
    text: 'hola @Ana Gil y adiós',
    caret: 14,
  })
})

test('the longer of two names that fit is the one that is called', () => {
  expect(findMentions('mira esto @Ana Gil', people)).toEqual([2])
  expect(findMentions('@Ana Gil y @Ana', people)).toEqual([2, 1])
  expect(findMentions('nadie', people)).toEqual([])
})

test('people are found by any of their names, without accents', () => {
  expect(matchPeople(people, 'pen').map(({ id }) => id)).toEqual([3])
  expect(matchPeople(people, 'OSC').map(({ id }) => id)).toEqual([3])
})
