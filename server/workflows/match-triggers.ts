// pure
import type { Trigger } from '#contract/workflows.ts'

/** Something that happened to a contact, as triggers see it. */
export interface Happened {
  /** Of the activity. */
  readonly kind: string
  /** Who did it. */
  readonly by: string
  readonly data: Readonly<Record<string, unknown>>
  /** Of the conversation, where it is about one. */
  readonly channelId: number | null
}

/** What numbers a tag was known by until it became part of another. */
export type Aliases = ReadonlyMap<number, readonly number[]>

/** Is this what the trigger asks for? Its conditions on the contact are judged apart. */
export function matchesTrigger(trigger: Trigger, { kind, by, data, channelId }: Happened, aliases: Aliases): boolean {
  const among = (wanted: readonly unknown[], value: unknown) => wanted.length === 0 || wanted.includes(value)
  switch (trigger.kind) {
    case 'conversationOpened':
      return kind === 'opened' && among(trigger.by, by) && among(trigger.channelIds, channelId)
    case 'conversationClosed': {
      const category = typeof data['category'] === 'string' ? data['category'].toLowerCase() : null
      const wanted = trigger.categories.map((one) => one.trim().toLowerCase())
      return kind === 'closed' && among(trigger.by, by) && among(wanted, category)
    }
    case 'tagAdded':
    case 'tagRemoved': {
      const id = Number(data['tagId'])
      const ids = [id, ...(aliases.get(id) ?? [])]
      return kind === trigger.kind && (trigger.tagIds.length === 0 || trigger.tagIds.some((one) => ids.includes(one)))
    }
    case 'fieldChanged':
      return kind === 'fieldChanged' && (trigger.fields as readonly unknown[]).includes(data['field'])
    case 'lifecycleChanged':
      return kind === 'fieldChanged' && data['field'] === 'lifecycle' && among(trigger.stageIds, data['toId'])
    case 'manual':
    case 'webhook':
      return false
  }
}
