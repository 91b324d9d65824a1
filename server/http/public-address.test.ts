import { expect, test } from 'vitest'
import { readAllowList } from './allow-list.ts'
import { isPublicAddress } from './public-address.ts'

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::808:808',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2002:808:808::1',
  '2001:0:7f00:1::',
  '2001:db8::1',
  'fe80::1',
  'fec0::1',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '100::1',
  '4000::1',
  '',
  'localhost',
  '1.2.3.4.5',
])('%s is not called', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '157.240.1.1', '2606:4700::1111', '2a03:2880:f003::1'])(
  '%s is a server on the internet',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test('the allow list names hosts, hosts with a port, and ranges', () => {
  const allow = readAllowList(['Intranet', 'bridge.local:8080', '10.1.0.0/16', 'fd00::/8', '[::1]:9000', ' '])
  expect(allow.allowsHost('intranet', 1)).toBe(true)
  expect(allow.allowsHost('bridge.local', 8080)).toBe(true)
  expect(allow.allowsHost('bridge.local', 80)).toBe(false)
  expect(allow.allowsHost('::1', 9000)).toBe(true)
  expect(allow.allowsHost('::1', 9001)).toBe(false)
  expect(allow.allowsAddress('10.1.255.1')).toBe(true)
  expect(allow.allowsAddress('10.2.0.1')).toBe(false)
  expect(allow.allowsAddress('fd12::1')).toBe(true)
  expect(allow.allowsAddress('nowhere')).toBe(false)
})

test.each(['http://x', 'a b', 'host:port', '10.0.0.0/99'])('an entry like “%s” stops the start', (entry) => {
  expect(() => readAllowList([entry])).toThrow(entry)
})
