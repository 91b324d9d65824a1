import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepCertificate } from './listener-certificate.ts'

let folder: string
const logged: string[] = []
const log = pino({}, { write: (line: string) => void logged.push(line) })
const path = process.env['PATH']

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ficha-certificate-'))
})
afterEach(() => {
  process.env['PATH'] = path
  rmSync(folder, { recursive: true, force: true })
})

test('the certificate is made once, for its owner’s eyes, by however many processes', async () => {
  const made = await Promise.all([1, 2].map(() => keepCertificate(folder, 'mail.tienda.es', log)))
  const pem = await keepCertificate(folder, 'otro.es', log)
  expect(made).toEqual([pem, pem])
  expect(() => createSecureContext({ key: pem!, cert: pem! })).not.toThrow()
  expect(statSync(join(folder, 'smtp-listener.pem')).mode & 0o077).toBe(0)
})

test('without openssl there is none, and the log says so', async () => {
  process.env['PATH'] = folder
  expect(await keepCertificate(folder, 'mail.tienda.es', log)).toBeNull()
  expect(logged.join()).toContain('openssl')
})
