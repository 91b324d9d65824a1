import { expect, test } from 'vitest'
import type { ContactSummary, Reason, Suggestion } from '#contract/suggestion.ts'
import { findMatches } from './find-matches.ts'

const contact = (id: number): ContactSummary => ({
  id,
  version: 1,
  displayName: null,
  pictureUrl: null,
  phone: null,
  email: null,
  channelKinds: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  lastMessageAt: null,
})
const suggest = (...reasons: Reason[]): Suggestion => ({
  a: contact(1),
  b: contact(2),
  tier: 'A',
  score: 0.98,
  reasons,
  foundAt: '2026-01-01T00:00:00.000Z',
})
const shared = (kind: 'phone' | 'email', strength: string, values: [string, string]): Reason => ({
  kind,
  strength,
  values,
  fields: [kind, kind],
  rules: [null, null],
  holders: 2,
})

test('marks the phone that two contacts write differently, on each side as it stands there', () => {
  const pair = [suggest(shared('phone', 'repaired', ['+5215512345678', '55 1234 5678']))]
  expect(findMatches(pair, 1)('phone', '+525512345678')).toBe(true)
  expect(findMatches(pair, 2)('phone', '+52 55 1234 5678')).toBe(true)
  expect(findMatches(pair, 1)('phone', '+525512345679')).toBe(false)
  expect(findMatches(pair, 1)('email', '+525512345678')).toBe(false)
})

test('marks an e-mail whatever its letters’ case, and nothing that is empty', () => {
  const pair = [suggest(shared('email', 'exact', ['Ana@Example.com', 'ana@example.com']))]
  expect(findMatches(pair, 1)('email', 'ana@example.com')).toBe(true)
  expect(findMatches(pair, 1)('email', null)).toBe(false)
  expect(findMatches([], 1)('email', 'ana@example.com')).toBe(false)
})

test('does not mark what is only alike', () => {
  for (const strength of ['near', 'role', 'sibling', 'ending', 'typo']) {
    expect(findMatches([suggest(shared('email', strength, ['a@x.org', 'b@x.org']))], 1)('email', 'a@x.org')).toBe(false)
  }
})
