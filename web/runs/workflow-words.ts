import { useLingui } from '@lingui/react/macro'
import {
  AlarmClock,
  CircleStop,
  Globe,
  Inbox,
  ListChecks,
  MessageCircleQuestion,
  Milestone,
  Pencil,
  Play,
  Send,
  Split,
  Tag,
  UserRound,
  Webhook,
  type LucideIcon,
} from 'lucide-react'
import type { StepKind, TriggerKind } from '#contract/workflow-words.ts'
import type { Trigger, WorkflowRow } from '#contract/workflows.ts'

export const stepIcons: Record<StepKind, LucideIcon> = {
  send: Send,
  ask: MessageCircleQuestion,
  wait: AlarmClock,
  branch: Split,
  assign: UserRound,
  tag: Tag,
  field: Pencil,
  lifecycle: Milestone,
  open: Inbox,
  close: ListChecks,
  http: Globe,
  stop: CircleStop,
}

export const triggerIcons: Record<TriggerKind, LucideIcon> = {
  conversationOpened: Inbox,
  conversationClosed: ListChecks,
  tagAdded: Tag,
  tagRemoved: Tag,
  fieldChanged: Pencil,
  lifecycleChanged: Milestone,
  manual: Play,
  webhook: Webhook,
}

/** What workflows are made of, in words. */
export function useWorkflowWords() {
  const { t } = useLingui()
  const steps: Record<StepKind, { name: string; about: string }> = {
    send: { name: t`Send a message`, about: t`A text or a template` },
    ask: { name: t`Ask a question`, about: t`And wait for the answer` },
    wait: { name: t`Wait`, about: t`Minutes, hours or days` },
    branch: { name: t`Branch`, about: t`Go on differently, by conditions` },
    assign: { name: t`Assign`, about: t`To a member, a team or nobody` },
    tag: { name: t`Change tags`, about: t`Put some on, take some off` },
    field: { name: t`Set a field`, about: t`Of the contact` },
    lifecycle: { name: t`Set the lifecycle stage`, about: t`Of the contact` },
    open: { name: t`Open the conversation`, about: t`If none is open` },
    close: { name: t`Close the conversation`, about: t`With a category and a summary` },
    http: { name: t`Make a web request`, about: t`Tell another program, or ask it` },
    stop: { name: t({ message: 'End here', context: 'a workflow' }), about: t`The contact leaves the workflow` },
  }
  const triggers: Record<TriggerKind, { name: string; about: string }> = {
    conversationOpened: { name: t`A conversation opens`, about: t`By the contact or by you` },
    conversationClosed: { name: t`A conversation is closed`, about: t`With any category or some` },
    tagAdded: { name: t`A tag is put on`, about: t`Any tag or some` },
    tagRemoved: { name: t`A tag is taken off`, about: t`Any tag or some` },
    fieldChanged: { name: t`A field changes`, about: t`Of the contact` },
    lifecycleChanged: { name: t`The lifecycle stage changes`, about: t`To any stage or some` },
    manual: { name: t`Somebody starts it`, about: t`From the contact's record` },
    webhook: { name: t`Another program calls`, about: t`An address of this workflow` },
  }
  const doers: Record<Extract<Trigger, { by: unknown }>['by'][number], string> = {
    contact: t`The contact`,
    member: t`A member`,
    api: t({ message: 'A program', context: 'who did it' }),
    import: t({ message: 'An import', context: 'who did it' }),
    workflow: t({ message: 'A workflow', context: 'who did it' }),
    system: t({ message: 'The system', context: 'who did it' }),
  }
  const states: Record<WorkflowRow['state'], string> = {
    draft: t({ message: 'Draft', context: 'a workflow' }),
    published: t({ message: 'Published', context: 'a workflow' }),
    stopped: t({ message: 'Stopped', context: 'a workflow' }),
  }
  return { steps, triggers, doers, states }
}

export const stateTones = { draft: 'plain', published: 'ok', stopped: 'warn' } as const
