import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readAllowList } from '../../http/allow-list.ts'
import { describeProblem } from './mail-problem.ts'
import { openImap } from './open-imap.ts'
import { openSmtp } from './open-smtp.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** Somebody else's server that does as it likes. */
async function startHostile(talk: (socket: Socket, line: string) => void, greeting: string) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.write(greeting)
    socket.on('data', (chunk) => talk(socket, chunk.toString()))
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  closing.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { host: '127.0.0.1', port, security: 'none' as const, user: 'u', password: 'p', folder: 'INBOX' }
}
const reach = { allow: readAllowList(['127.0.0.1']) }
const problemOf = async (act: Promise<unknown>) => {
  try {
    await act
  } catch (error) {
    return describeProblem(error)
  }
  return null
}
const endless = (socket: Socket, text: string) => {
  const more = () => {
    while (!socket.destroyed && socket.write(text.repeat(1000)));
    socket.once('drain', more)
  }
  more()
}

test('an SMTP server that never ends its answer is left', async () => {
  const server = await startHostile((socket) => endless(socket, '250-and more\r\n'), '220 x\r\n')
  expect(await problemOf(openSmtp(server, reach, AbortSignal.timeout(20_000)))).toMatchObject({
    code: 'answer-strange',
    passing: true,
  })
})

test('an IMAP server that never ends its line is left', async () => {
  const server = await startHostile((socket) => endless(socket, 'x'), '* OK x\r\n')
  expect(await problemOf(openImap(server, reach, AbortSignal.timeout(20_000)))).toMatchObject({ passing: true })
})

test('a mail that is announced with ten billion bytes is not waited for', async () => {
  const server = await startHostile((socket, line) => {
    const [tag = '', verb = ''] = line.split(' ')
    if (/^uid/i.test(verb)) return void socket.write('* 1 FETCH (UID 1 BODY[] {10000000000}\r\nxxxx')
    if (/^(?:select|examine)/i.test(verb)) socket.write('* 1 EXISTS\r\n* OK [UIDVALIDITY 1]\r\n* OK [UIDNEXT 2]\r\n')
    if (/^list/i.test(verb)) socket.write('* LIST () "/" INBOX\r\n')
    if (/^capability/i.test(verb)) socket.write('* CAPABILITY IMAP4rev1\r\n')
    socket.write(`${tag} OK done\r\n`)
  }, '* OK [CAPABILITY IMAP4rev1] x\r\n')
  const client = await openImap(server, reach, AbortSignal.timeout(20_000))
  await client.mailboxOpen('INBOX', { readOnly: true })
  expect(await problemOf(client.fetchOne('1', { source: true }, { uid: true }))).toMatchObject({ passing: true })
  expect(client.usable).toBe(false)
})

test('silence is given up on', async () => {
  const server = await startHostile(() => undefined, '')
  const soon = () => AbortSignal.timeout(200)
  expect(await problemOf(openSmtp(server, reach, soon()))).toMatchObject({ code: 'no-answer', passing: true })
  expect(await problemOf(openImap(server, reach, soon()))).toMatchObject({ passing: true })
})

test('words smuggled in before the encryption begins are not believed', async () => {
  const smtp = await startHostile(
    (socket, line) =>
      socket.write(line.startsWith('EHLO') ? '250-x\r\n250 STARTTLS\r\n' : '220 go\r\n235 signed in\r\n'),
    '220 x\r\n',
  )
  expect(await problemOf(openSmtp({ ...smtp, security: 'starttls' }, reach, AbortSignal.timeout(2000)))).not.toBeNull()
})
