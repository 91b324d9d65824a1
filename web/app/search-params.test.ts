import { expect, test } from 'vitest'
import { inboxSearch, parseSearch, signInSearch, stringifySearch } from './search-params.ts'

test('what is not understood in an address is dropped, the rest holds', () => {
  expect(inboxSearch(parseSearch('?view=mine&status=nonsense&drawer=open&q=123'))).toEqual({
    view: 'mine',
    status: undefined,
    unread: undefined,
    q: '123',
    drawer: 'open',
    tab: undefined,
  })
})

test('an address carries only what is set', () => {
  expect(stringifySearch({ q: 'ana & luis', view: undefined, tab: '' })).toBe('?q=ana+%26+luis')
  expect(stringifySearch({})).toBe('')
})

test('sign-in returns to a page of ours only', () => {
  expect(signInSearch({ to: '/w/1/inbox' }).to).toBe('/w/1/inbox')
  expect(signInSearch({ to: '//evil.example' }).to).toBeUndefined()
  expect(signInSearch({ to: 'https://evil.example' }).to).toBeUndefined()
})
