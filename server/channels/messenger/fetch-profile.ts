import { z } from 'zod'
import type { Profile } from '../adapter.ts'
import type { Graph, GraphAnswer } from '../meta/graph.ts'
import { readAnswer } from '../meta/read-answer.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import type { PlatformSettings } from './settings.ts'
import { translateError } from './translate-error.ts'

const text = z.string().nullish().catch(null)
const Person = z.object({
  name: text,
  username: text,
  first_name: text,
  last_name: text,
  profile_pic: text,
  locale: text,
})

const fieldsOf: Readonly<Record<PlatformSettings['kind'], readonly string[]>> = {
  // the last needs a permission of its own
  messenger: ['first_name', 'last_name', 'profile_pic', 'locale'],
  instagram: ['name', 'username', 'profile_pic'],
}

/**
 * Asks who somebody is: Meta tells once they have written.
 * Sources: developers.facebook.com/documentation/business-messaging/messenger-platform/identity/user-profile,
 * …/instagram-messaging/features/user-profile, …/messenger-platform/conversations
 * @throws ProviderRefusal, OutgoingFailure when there is no answer
 */
export async function fetchProfile(
  graph: Graph,
  settings: PlatformSettings,
  { address, hasUrl }: { address: string; hasUrl: boolean },
  signal: AbortSignal,
): Promise<Profile> {
  const { name, username, first_name, last_name, profile_pic, locale } = await findPerson(
    graph,
    settings.kind,
    address,
    signal,
  )
  const full = [first_name, last_name].filter(Boolean).join(' ')
  return {
    profileName: full || name || (username ? `@${username}` : null),
    firstName: first_name || null,
    lastName: last_name || null,
    language: locale || null,
    pictureUrl: profile_pic && /^https:\/\//i.test(profile_pic) ? profile_pic : null,
    conversationUrl: hasUrl || settings.kind === 'instagram' ? null : await findUrl(graph, settings, address, signal),
  }
}

async function findPerson(graph: Graph, kind: PlatformSettings['kind'], address: string, signal: AbortSignal) {
  const ask = async (fields: readonly string[]) =>
    read(Person, await graph.get(encodeURIComponent(address), { fields: fields.join(',') }, signal))
  const fields = fieldsOf[kind]
  try {
    return await ask(fields)
  } catch (error) {
    const isPicky = error instanceof ProviderRefusal && ['not-permitted', 'person-unknown'].includes(error.code)
    if (!isPicky || !fields.includes('locale')) throw error
    return ask(fields.filter((field) => field !== 'locale'))
  }
}

const Conversations = z.object({ data: z.array(z.object({ link: z.string() })) })
const facebook = 'https://www.facebook.com'

/** The conversation's place in the page's inbox. It is asked for rarely: Meta allows two such calls a second. */
async function findUrl(
  graph: Graph,
  { pageId }: PlatformSettings,
  address: string,
  signal: AbortSignal,
): Promise<string | null> {
  const query = { platform: 'messenger', user_id: address, fields: 'link', limit: '1' }
  const answer = await graph.get(`${pageId}/conversations`, query, signal)
  const link = Conversations.safeParse(answer.body).data?.data[0]?.link
  if (link === undefined || !URL.canParse(link, facebook)) return null
  const url = new URL(link, facebook)
  return url.protocol === 'https:' && /(^|\.)facebook\.com$/.test(url.hostname) ? url.href : null
}

/** The page's inbox, while the conversation's own place in it is not known. */
export const inboxOf = ({ pageId }: Pick<PlatformSettings, 'pageId'>): string =>
  `https://business.facebook.com/latest/inbox/all?asset_id=${pageId}`

const read = <T>(shape: z.ZodType<T>, answer: GraphAnswer): T =>
  readAnswer(shape, answer, translateError, 'person-unknown')
