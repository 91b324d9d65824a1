import { generateKeyPairSync } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import DKIM from 'nodemailer/lib/dkim'
import { expect, test } from 'vitest'
import { authenticateMail, type AskDns } from './authenticate-mail.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** A name server that knows what is published here, and nothing else. */
const names =
  (records: Record<string, string>): AskDns =>
  (name, type) => {
    const found = type === 'TXT' ? records[name.toLowerCase()] : undefined
    return found === undefined
      ? Promise.reject(Object.assign(new Error('nothing'), { code: 'ENOTFOUND' }))
      : Promise.resolve([[found]])
  }
const published = {
  'banco.es': 'v=spf1 ip4:8.8.8.8 -all',
  's1._domainkey.banco.es': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  '_dmarc.banco.es': 'v=DMARC1; p=reject',
}

const mail = (from: string) =>
  new MailComposer({ from, to: 'ventas@tienda.example', subject: 'Hola', text: 'Hola' }).compile().build()
const signed = async (from: string, domainName: string) => {
  const stream = new DKIM({ domainName, keySelector: 's1', privateKey }).sign(await mail(from))
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
const judge = async (
  raw: Buffer,
  {
    ip = '9.9.9.9',
    mailFrom = 'x@otro.es',
    records = published,
  }: { ip?: string; mailFrom?: string; records?: Record<string, string> } = {},
) =>
  (await authenticateMail(raw, { remoteAddress: ip, helo: 'mx.example', mailFrom }, { resolver: names(records) }))
    .verdict

test('a signature of the sender’s own domain is proof, by whichever way the mail came', async () => {
  const raw = await signed('Banco <avisos@banco.es>', 'banco.es')
  expect(await judge(raw)).toBe('pass')
  expect(await judge(raw, { ip: '127.0.0.1' })).toBe('pass')
})

test('so is the way it came by, where its domain names that server', async () => {
  const raw = await mail('avisos@banco.es')
  expect(await judge(raw, { ip: '8.8.8.8', mailFrom: 'rebotes@banco.es' })).toBe('pass')
})

test('a mail in the name of a domain that disowns it has failed', async () => {
  const raw = await mail('avisos@banco.es')
  expect(await judge(raw, { mailFrom: 'avisos@banco.es' })).toBe('fail')
  const foreign = { ...published, 's1._domainkey.malo.es': published['s1._domainkey.banco.es'] }
  expect(await judge(await signed('avisos@banco.es', 'malo.es'), { records: foreign })).toBe('fail')
})

test('a changed mail has lost its proof', async () => {
  const raw = await signed('avisos@banco.es', 'banco.es')
  expect(await judge(Buffer.from(raw.toString().replace('Hola', 'Paga')))).toBe('fail')
})

test('two authors are none', async () => {
  const raw = await signed('avisos@banco.es', 'banco.es')
  expect(await judge(Buffer.concat([Buffer.from('From: otro@malo.es\r\n'), raw]))).toBe('fail')
})

test('where nothing is published, by a relay of one’s own, or when nobody answers, there is no verdict', async () => {
  expect(await judge(await mail('ana@correo.es'))).toBe('none')
  expect(await judge(await mail('avisos@banco.es'), { ip: '10.0.0.7' })).toBe('none')
  const silent = await authenticateMail(
    await mail('avisos@banco.es'),
    { remoteAddress: '9.9.9.9', helo: 'x', mailFrom: '' },
    { resolver: () => new Promise(() => undefined), timeMs: 20 },
  )
  expect(silent).toEqual({ verdict: 'none', results: null })
})
