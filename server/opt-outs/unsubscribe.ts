import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readUnsubscribeLink, type Subscription } from '../channels/unsubscribe-link.ts'
import { lockRoot } from '../contacts/lock-root.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { networkOf } from '../members/network-of.ts'
import { countAttempt } from '../members/throttle.ts'
import { languageFor, unsubscribePage, type UnsubscribeState } from './unsubscribe-page.ts'
import { liftOptOut, writeOptOuts } from './write-opt-out.ts'

/** How often one link is pressed in an hour. */
const mostAnHour = 30
/** Links that are not good, from one network in a minute: a provider presses good ones for thousands of people. */
const mostGuesses = 60

/** What is sent by somebody's mail program, or by the page's own form. */
const mostBytes = 4096

/**
 * `/unsubscribe/:link`: a page that asks (GET; programs look at links, so looking changes nothing), and the press itself (POST),
 * which mail programs make by themselves and which is answered without going elsewhere. Safe to repeat. Nobody signs in: the link
 * is proof enough, and says for whom.
 * Source: RFC 8058, 3.1 and 3.2
 */
export async function mountUnsubscribe(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    scope.get('/unsubscribe/:link', (request, reply) => answer(request, reply, () => Promise.resolve('ask')))
    scope.post('/unsubscribe/:link', { bodyLimit: mostBytes }, (request, reply) =>
      answer(request, reply, async (subscription) => {
        const wish = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
        const isAgain = wish.get('again') === 'yes'
        await note(deps, subscription, isAgain)
        return isAgain ? 'again' : 'done'
      }),
    )
  })

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (subscription: Subscription) => Promise<UnsubscribeState>,
  ): Promise<FastifyReply> {
    const { link } = request.params as { link: string }
    const subscription = readUnsubscribeLink(deps.config.secret, link)
    const show = (status: number, state: UnsubscribeState, who = '') =>
      reply
        .code(status)
        .headers(pageHeaders)
        .send(unsubscribePage(state, languageFor(request.headers['accept-language']), who))
    const limit =
      subscription === null
        ? { key: `unsubscribe network ${networkOf(request.ip)}`, limit: mostGuesses, seconds: 60, forgiving: false }
        : {
            // to look does not use up the presses
            key: `unsubscribe ${request.method} ${subscription.workspaceId}/${subscription.contactChannelId}`,
            limit: mostAnHour,
            seconds: 3600,
            forgiving: false,
          }
    const wait = await countAttempt(deps.db, [limit])
    if (wait !== null) {
      void reply.header('retry-after', String(wait))
      return show(429, 'wait')
    }
    if (subscription === null) return show(404, 'none')
    const who = await findSender(deps, subscription)
    return show(200, await act(subscription), who)
  }
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
}

async function findSender({ db }: Pick<Deps, 'db'>, { workspaceId }: Subscription): Promise<string> {
  const workspace = await db.selectFrom('workspace').select('name').where('id', '=', workspaceId).executeTakeFirst()
  return workspace?.name ?? ''
}

/** Notes the wish for whoever has the address by now; of somebody who was deleted there is nothing to note. */
async function note(deps: Pick<Deps, 'db' | 'clock'>, subscription: Subscription, isAgain: boolean): Promise<void> {
  const { workspaceId, contactChannelId } = subscription
  await deps.db.transaction().execute(async (tx) => {
    const link = await tx
      .selectFrom('contact_channel')
      .select(['contact_id', 'channel_id'])
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', contactChannelId)
      .executeTakeFirst()
    const state = link === undefined ? undefined : await lockRoot(tx, workspaceId, link.contact_id)
    if (link === undefined || state === undefined) return
    const asked = { contactId: state.contact_id, channelId: link.channel_id }
    const asking = {
      reason: null,
      actor: { type: 'contact', id: state.contact_id },
      scope: 'marketing',
    } as const
    const isNews = isAgain
      ? await liftOptOut(tx, deps, { workspaceId, ...asked }, asking)
      : (await writeOptOuts(tx, deps, workspaceId, [asked], { ...asking, source: 'contact', by: null })).length > 0
    if (!isNews) return
    const cause = isAgain ? 'optedIn' : 'optedOut'
    await notify(tx, [
      {
        workspaceId,
        event: { type: 'contact', contactId: state.contact_id, cause, memberId: null },
        seenBy: [{ assigneeId: state.assignee_id, teamId: state.team_id }],
      },
    ])
  })
}
