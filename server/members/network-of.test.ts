import { expect, test } from 'vitest'
import { networkOf } from './network-of.ts'

test('one IPv6 line is one network, however its addresses are spelt', () => {
  const network = networkOf('2001:db8:1:2::1')
  expect(networkOf('2001:0DB8:0001:0002:ffff:eeee:dddd:cccc')).toBe(network)
  expect(networkOf('2001:db8:1:2:0:0:0:9')).toBe(network)
  expect(networkOf('2001:db8:1:3::1')).not.toBe(network)
})

test('an IPv4 address is itself, also when written as IPv6', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
  expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7')
  expect(networkOf('::ffff:cb00:7107')).toBe('203.0.113.7')
})

test('what is no address shares one count', () => {
  expect(networkOf('')).toBe('unknown')
  expect(networkOf('nonsense')).toBe('unknown')
})
