import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { OutgoingFailure } from './outgoing-failure.ts'
import { openOutgoing, readTarget } from './outgoing.ts'

const open: (Server | TcpServer)[] = []
afterEach(async () => {
  for (const server of open.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

async function listen(server: Server | TcpServer): Promise<number> {
  open.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}
const serve = (listener: RequestListener) => listen(createServer(listener))

const failureOf = async (answer: Promise<unknown>): Promise<OutgoingFailure> => {
  const error: unknown = await answer.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(OutgoingFailure)
  return error as OutgoingFailure
}

const strict = openOutgoing({ allowInternal: [] })
const loopback = openOutgoing({ allowInternal: ['127.0.0.0/8', '::1/128'] })

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0177.1/',
  'http://127.1/',
  'http://0/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://localhost/',
  'http://localhost./',
  'http://LOCALHOST/',
  'http://１２７.0.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/',
  'http://user@example.com/',
  'http://user:pw@example.com/',
  'http://example.com\\@127.0.0.1/',
  'http:\\\\127.0.0.1/',
  'http://exa mple.com/',
  'http://example.com/\r\nx: y',
  'file:///etc/passwd',
  'ftp://example.com/',
  'gopher://127.0.0.1/',
  'data:text/plain,x',
  'javascript:alert(1)',
  '//127.0.0.1/',
  'not an address',
  '',
])('%j is refused before anything leaves', async (url) => {
  expect((await failureOf(strict(url))).problem).toBe('refused')
})

test('a server of one’s own answers when the operator allows it, by host, host and port, or range', async () => {
  const port = await serve((_request, response) => response.end('hello'))
  for (const entry of ['127.0.0.1', `127.0.0.1:${port}`, '127.0.0.0/8']) {
    const answer = await openOutgoing({ allowInternal: [entry] })(`http://127.0.0.1:${port}/`)
    expect(answer.body.toString()).toBe('hello')
  }
  expect(
    (await failureOf(openOutgoing({ allowInternal: [`127.0.0.1:${port + 1}`] })(`http://127.0.0.1:${port}/`))).problem,
  ).toBe('refused')
})

test('a name that answers differently the second time reaches only the address that was checked', async () => {
  const port = await serve((_request, response) => response.end('inside'))
  let asked = 0
  const rebound = openOutgoing({
    allowInternal: [],
    resolve: async () => [{ address: asked++ === 0 ? '203.0.113.7' : '127.0.0.1', family: 4 }],
  })
  expect((await failureOf(rebound(`http://rebind.example:${port}/`))).problem).toBe('refused')
  expect((await failureOf(rebound(`http://rebind.example:${port}/`))).problem).toBe('refused')
})

test('of mixed addresses only the permitted ones are connected to', async () => {
  const port = await serve((_request, response) => response.end('permitted'))
  const mixed = openOutgoing({
    allowInternal: ['127.0.0.1/32'],
    resolve: async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ],
  })
  expect((await mixed(`http://mixed.example:${port}/`)).body.toString()).toBe('permitted')
})

test('redirects are an answer unless they are asked to be followed', async () => {
  const port = await serve((_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  )
  expect((await loopback(`http://127.0.0.1:${port}/`)).status).toBe(302)
})

test.each(['http://169.254.169.254/', 'http://10.0.0.1/', 'file:///etc/passwd', 'http://user:pw@127.0.0.1/'])(
  'a followed redirect to %s is refused',
  async (location) => {
    const port = await serve((_request, response) => response.writeHead(307, { location }).end())
    expect((await failureOf(loopback(`http://127.0.0.1:${port}/`, { redirects: 3 }))).problem).toBe('refused')
  },
)

test('a chain ends after the number of redirects that was allowed; relative ones are understood', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/end') response.end('end')
    else response.writeHead(302, { location: request.url === '/a' ? '/end' : '/loop' }).end()
  })
  expect((await loopback(`http://127.0.0.1:${port}/a`, { redirects: 1 })).body.toString()).toBe('end')
  expect((await loopback(`http://127.0.0.1:${port}/loop`, { redirects: 3 })).status).toBe(302)
})

test('credentials do not follow a redirect to another origin', async () => {
  const seen: (string | undefined)[] = []
  const other = await serve((request, response) => {
    seen.push(request.headers.authorization)
    response.end()
  })
  const port = await serve((_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${other}/` }).end(),
  )
  await loopback(`http://127.0.0.1:${port}/`, { redirects: 1, headers: { Authorization: 'Bearer secret' } })
  expect(seen).toEqual([undefined])
})

test('an answer without end is cut at the byte cap, also one that does not say how long it is', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/said') response.writeHead(200, { 'content-length': '10000000000' })
    const chunk = Buffer.alloc(64 * 1024)
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', pour)
    pour()
  })
  for (const path of ['/said', '/unsaid'])
    expect((await failureOf(loopback(`http://127.0.0.1:${port}${path}`, { maxBytes: 1000 }))).problem).toBe('too-large')
})

test('a trickle is cut by the total time', async () => {
  const port = await serve((_request, response) => {
    const drip = setInterval(() => response.write('.'), 10)
    response.on('close', () => clearInterval(drip))
  })
  const failure = await failureOf(loopback(`http://127.0.0.1:${port}/`, { totalMs: 200 }))
  expect(failure).toMatchObject({ problem: 'unanswered', timedOut: true })
})

test('a compressed answer that was not asked for is not unpacked', async () => {
  const port = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000))),
  )
  expect((await failureOf(loopback(`http://127.0.0.1:${port}/`))).problem).toBe('encoded')
})

test('headers larger than sixteen kilobytes are not read', async () => {
  const port = await listen(
    createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(1_000_000)}\r\n\r\n`))
    }),
  )
  expect((await failureOf(loopback(`http://127.0.0.1:${port}/`))).problem).toBe('unanswered')
})

test('what never left is told from what may have been acted on', async () => {
  const closed = await serve(() => undefined)
  await new Promise((done) => open.pop()!.close(done))
  expect(await failureOf(loopback(`http://127.0.0.1:${closed}/`, { method: 'POST', body: 'x' }))).toMatchObject({
    problem: 'unreachable',
  })

  const cut = await serve((request) => {
    request.resume().on('end', () => request.socket.destroy())
  })
  expect(await failureOf(loopback(`http://127.0.0.1:${cut}/`, { method: 'POST', body: 'x' }))).toMatchObject({
    problem: 'unanswered',
    timedOut: false,
  })

  const silent = await serve((request) => void request.resume())
  expect(
    await failureOf(loopback(`http://127.0.0.1:${silent}/`, { method: 'POST', body: 'x', totalMs: 150 })),
  ).toMatchObject({
    problem: 'unanswered',
    timedOut: true,
  })

  const nobody = openOutgoing({ allowInternal: [], resolve: () => Promise.reject(new Error('ENOTFOUND')) })
  expect(await failureOf(nobody('http://nobody.example/'))).toMatchObject({ problem: 'unreachable' })
})

test('a caller may give up', async () => {
  const stop = new AbortController()
  const silent = await serve(() => stop.abort())
  expect(await failureOf(loopback(`http://127.0.0.1:${silent}/`, { signal: stop.signal }))).toMatchObject({
    problem: 'unanswered',
  })
  expect(await failureOf(loopback(`http://127.0.0.1:${silent}/`, { signal: stop.signal }))).toMatchObject({
    problem: 'unreachable',
  })
})

test('forms, bodies and headers arrive as sent', async () => {
  const seen: { type: string | undefined; body: string; agent: string | undefined }[] = []
  const port = await serve((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push({
        type: request.headers['content-type'],
        body: Buffer.concat(chunks).toString(),
        agent: request.headers['user-agent'],
      })
      response.writeHead(201, { 'x-answer': 'yes' }).end('{}')
    })
  })
  const form = new FormData()
  form.set('file', new Blob(['bytes'], { type: 'image/png' }), 'a.png')
  const answer = await loopback(`http://127.0.0.1:${port}/p?q=1`, { method: 'POST', body: form })
  expect(answer).toMatchObject({ status: 201, headers: { 'x-answer': 'yes' } })
  expect(seen[0]!.type).toMatch(/^multipart\/form-data; boundary=/)
  expect(seen[0]!.body).toContain('filename="a.png"')
  expect(seen[0]!.agent).toBe('Ficha')
})

test('an address is read, not guessed', () => {
  expect(readTarget('https://example.com:8443/a?b#c').host).toBe('example.com:8443')
})
