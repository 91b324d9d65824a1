import { expect, test } from 'vitest'
import { isReachable, listenerAddress } from './reachable.ts'

test.each(['https://ficha.example/webhooks/x', 'https://shop.example:8443/'])('%s can be called', (address) => {
  expect(isReachable(address)).toBe(true)
})

test.each([
  'http://ficha.example/x',
  'https://localhost/x',
  'https://127.0.0.1:3000/x',
  'https://[::1]/x',
  'https://192.168.1.5/x',
  'https://server/x',
  '',
])('%s cannot', (address) => {
  expect(isReachable(address)).toBe(false)
})

test('a listener on every address is named by the server', () => {
  expect(listenerAddress('0.0.0.0:2525', 'ficha.example')).toBe('ficha.example:2525')
  expect(listenerAddress('[::]:25', 'ficha.example')).toBe('ficha.example:25')
  expect(listenerAddress('10.0.0.0:25', 'ficha.example')).toBe('10.0.0.0:25')
})
