import { z } from 'zod'
import { reads, writes } from './base.ts'
import { FieldProblem } from './errors.ts'
import { standardFields } from './contacts.ts'
import { CustomKey, FieldValue } from './fields.ts'
import { Filter } from './filter.ts'
import { Cursor, Id, Limit, MessageId, Nothing, Timestamp, name, page, text } from './primitives.ts'
import { everyStep } from './workflow-steps.ts'
import {
  answerKinds,
  mostLevels,
  mostSteps,
  mostTriggers,
  mostWaitDays,
  runEnds,
  stepKinds,
  stepOutcomes,
  triggerKinds,
} from './workflow-words.ts'

export const TriggerKind = z.enum(triggerKinds)
export const StepKind = z.enum(stepKinds)

const anyone: Filter = { and: [] }
/** Whom the trigger takes, as they are when it is judged; without conditions everyone. */
const Conditions = Filter.default(anyone)

/** By whom something was done. */
const Doer = z.enum(['contact', 'member', 'api', 'import', 'workflow', 'system'])

/**
 * What a contact enters by. Lists that are empty ask for nothing: every channel, every tag. Nobody enters who is blocked, nor by
 * what an automatic reply of theirs set off.
 */
export const Trigger = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('conversationOpened'),
    /** Who opened it: the contact by writing, a member, a program, a workflow. */
    by: z.array(Doer).max(6).default([]),
    channelIds: z.array(Id).max(50).default([]),
    filter: Conditions,
  }),
  z.object({
    kind: z.literal('conversationClosed'),
    by: z.array(Doer).max(6).default([]),
    /** Of closing notes, as they are called; without regard to case. */
    categories: z.array(text(128, 1)).max(50).default([]),
    filter: Conditions,
  }),
  z.object({ kind: z.literal('tagAdded'), tagIds: z.array(Id).max(50).default([]), filter: Conditions }),
  z.object({ kind: z.literal('tagRemoved'), tagIds: z.array(Id).max(50).default([]), filter: Conditions }),
  z.object({
    kind: z.literal('fieldChanged'),
    /** At least one to be published. */
    fields: z.array(z.enum(standardFields).or(CustomKey)).max(50).default([]),
    filter: Conditions,
  }),
  z.object({
    kind: z.literal('lifecycleChanged'),
    /** The stages that are come to. */
    stageIds: z.array(Id).max(20).default([]),
    filter: Conditions,
  }),
  /** Somebody starts it for a contact they see. */
  z.object({ kind: z.literal('manual'), filter: Conditions }),
  /**
   * A program posts JSON to the workflow's address (`Workflow.hookUrl`): `contactId`, `phone` or `email` say whom it is about,
   * `values` (text, numbers, flags by name) can be used in steps as `{{name}}`.
   */
  z.object({
    kind: z.literal('webhook'),
    /** Where nobody has that phone or e-mail, a contact is made. */
    makesContact: z.boolean().default(false),
    filter: Conditions,
  }),
])
export type Trigger = z.infer<typeof Trigger>

/** Chosen by whoever draws the workflow up; unique in it. */
const StepId = text(40).regex(/^[A-Za-z0-9_-]+$/, { error: 'letters, digits, - and _' })
const step = { id: StepId }

/** What answers and replies are called in later steps. */
const ValueName = text(40).regex(/^[A-Za-z][A-Za-z0-9_]*$/, { error: 'letters, digits and _, a letter first' })

/**
 * Text with places to be filled: `{{contact.firstName}}`, `lastName`, `name`, `phone`, `email`, `country`, `language`, `id`,
 * `{{contact.#12}}` for a custom field, `{{assignee.name}}`, and the run's values by their names. What is unknown or empty reads
 * as nothing. What is filled in is not read again.
 */
const Template = (max: number) => text(max)

const sendTo = {
  /** Null: by the channel last heard from. */
  channelId: Id.nullable().default(null),
}

const Header = z.object({
  name: text(100).regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, { error: 'a header name' }),
  /** Of a secret never given back: null keeps what stands there for the same step, name and host. */
  value: Template(4000).nullable(),
  /** Kept sealed; without places to be filled. */
  secret: z.boolean().default(false),
})

const leaves = [
  z.object({
    ...step,
    kind: z.literal('send'),
    ...sendTo,
    body: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('text'),
        text: Template(10_000),
        /** E-mail only: null answers under the thread's subject. */
        subject: Template(500).nullable().default(null),
      }),
      z.object({
        type: z.literal('template'),
        name: text(512),
        language: text(20),
        variables: z.record(z.string().max(100), Template(1024)).default({}),
      }),
    ]),
  }),
  z.object({
    ...step,
    kind: z.literal('wait'),
    amount: z
      .number()
      .int()
      .min(1)
      .max(mostWaitDays * 24 * 60),
    unit: z.enum(['minutes', 'hours', 'days']),
  }),
  z.object({
    ...step,
    kind: z.literal('assign'),
    /** `team`: the member of it with the fewest open conversations, of those who may look after the contact. */
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('member'), memberId: Id }),
      z.object({ kind: z.literal('team'), teamId: Id }),
      z.object({ kind: z.literal('nobody') }),
    ]),
    /** Leaves it with whoever looks after it already. */
    onlyUnassigned: z.boolean().default(false),
  }),
  z.object({
    ...step,
    kind: z.literal('tag'),
    add: z.array(Id).max(20).default([]),
    remove: z.array(Id).max(20).default([]),
  }),
  z.object({
    ...step,
    kind: z.literal('field'),
    field: z.enum(standardFields).or(CustomKey),
    /** Text may have places to be filled. Null or what comes out empty empties the field. */
    value: FieldValue.nullable(),
  }),
  z.object({ ...step, kind: z.literal('lifecycle'), stageId: Id.nullable() }),
  z.object({ ...step, kind: z.literal('open') }),
  z.object({
    ...step,
    kind: z.literal('close'),
    category: text(128).nullable().default(null),
    summary: Template(512).nullable().default(null),
  }),
  z.object({ ...step, kind: z.literal('stop') }),
] as const

/** What a branch asks of one of the run's values: as text, without regard to case and accents. */
const ValueTest = z.object({
  name: ValueName,
  operator: z.enum(['isEqualTo', 'isNotEqualTo', 'exists', 'doesNotExist']),
  value: text(255).nullable().default(null),
})

const Request = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** http or https; places to be filled stand behind the host and are written as an address needs it. */
  url: Template(2000),
  headers: z.array(Header).max(20).default([]),
  /** Sent as JSON; places to be filled stand inside quotes and are written as JSON needs it. */
  body: Template(20_000).nullable().default(null),
  timeoutSeconds: z.number().int().min(1).max(30).default(10),
})
export type Request = z.infer<typeof Request>

const Saving = z.object({
  /** Into the JSON of the answer: `order.items.0.name`; `status` is the number of the answer itself where it has no such part. */
  path: text(200, 1),
  as: ValueName,
})

const Ask = z.object({
  ...step,
  kind: z.literal('ask'),
  ...sendTo,
  question: Template(1024),
  answer: z.enum(answerKinds),
  /** For `choice`: what can be answered, shown as buttons where the channel has them. */
  choices: z.array(text(20, 1)).max(10).default([]),
  as: ValueName,
  /** A field that takes the answer over. */
  saveTo: z.enum(standardFields).or(CustomKey).nullable().default(null),
  /** Sent where an answer is not of the kind asked for; null sends the question again. */
  again: Template(1024).nullable().default(null),
  /** How often it is asked again before it counts as unanswered. */
  retries: z.number().int().min(0).max(5).default(2),
  timeoutMinutes: z
    .number()
    .int()
    .min(1)
    .max(30 * 24 * 60)
    .default(24 * 60),
})

const Arm = z.object({
  name: text(60).default(''),
  filter: Conditions,
  values: z.array(ValueTest).max(10).default([]),
})

const Branch = z.object({ ...step, kind: z.literal('branch') })

const Http = Request.extend({
  ...step,
  kind: z.literal('http'),
  save: z.array(Saving).max(20).default([]),
})

/** Those that hold steps of their own, of which they are given the shape. */
const holding = (inner: z.ZodType) => {
  const steps = z
    .array(inner)
    .max(mostSteps, { error: `at most ${mostSteps} steps` })
    .default([])
  return [
    /** `unanswered`: where no answer came in time; then it goes on behind the step, without the value. */
    Ask.extend({ unanswered: steps }),
    /** The first arm whose conditions and value tests all hold is taken; then it goes on behind the branch. */
    Branch.extend({ arms: z.array(Arm.extend({ steps })).max(10), otherwise: steps }),
    /** `failed`: where the request failed or was answered with 400 and above; then it goes on behind the step. */
    Http.extend({ failed: steps }),
  ] as const
}

/** Steps within steps, so many levels deep. */
const nested = (levels: number): z.ZodType =>
  levels === 0
    ? z.never({ error: `steps within steps, at most ${mostLevels} levels` })
    : z.discriminatedUnion('kind', [...leaves, ...holding(nested(levels - 1))])

type AskStep = z.infer<typeof Ask> & { unanswered: Step[] }
type BranchStep = z.infer<typeof Branch> & { arms: (z.infer<typeof Arm> & { steps: Step[] })[]; otherwise: Step[] }
type HttpStep = z.infer<typeof Http> & { failed: Step[] }
/** One step; those it holds are steps again. */
export type Step = z.infer<(typeof leaves)[number]> | AskStep | BranchStep | HttpStep

type Lists<Names extends string> = { [Name in Names]?: StepInput[] }
/** As it may be sent: what has a default may be left out. */
export type StepInput =
  | z.input<(typeof leaves)[number]>
  | (z.input<typeof Ask> & Lists<'unanswered'>)
  | (z.input<typeof Branch> & Lists<'otherwise'> & { arms: (z.input<typeof Arm> & Lists<'steps'>)[] })
  | (z.input<typeof Http> & Lists<'failed'>)

const Steps = z
  .array(nested(mostLevels))
  .max(mostSteps, { error: `at most ${mostSteps} steps` }) as unknown as z.ZodType<Step[], StepInput[]>

/** What a workflow is to do. A draft may be incomplete; `Workflow.problems` says what stands against publishing it. */
export const Definition = z
  .object({ triggers: z.array(Trigger).max(mostTriggers), steps: Steps })
  .refine(({ steps }) => everyStep(steps).length <= mostSteps, {
    error: `at most ${mostSteps} steps`,
    path: ['steps'],
  })
export type Definition = z.infer<typeof Definition>

const WorkflowState = z.enum(['draft', 'published', 'stopped'])
export type WorkflowState = z.infer<typeof WorkflowState>

/** A workflow in the list. */
export const WorkflowRow = z.object({
  id: Id,
  name: z.string(),
  /** `draft`: never published. `stopped`: nobody enters. */
  state: WorkflowState,
  /** Of what is published, else of the draft. */
  triggers: z.array(TriggerKind),
  steps: z.number().int(),
  /** The draft is another than what is published. */
  hasChanges: z.boolean(),
  /** Contacts in it now, counted to 1 000. */
  running: z.number().int(),
  /** Runs that are over, counted to 1 000; those that are kept as numbers only as well. */
  ended: z.number().int(),
  /** When somebody last entered. */
  lastRunAt: Timestamp.nullable(),
  publishedAt: Timestamp.nullable(),
  createdAt: Timestamp,
})
export type WorkflowRow = z.infer<typeof WorkflowRow>

export const Workflow = WorkflowRow.extend({
  /** Of the draft: what an edit says it replaces. */
  revision: z.number().int(),
  /** Secrets are null in it. */
  draft: Definition,
  /** What the draft would be refused for if it were published: `draft.steps.2.arms.0.steps.1.text`. */
  problems: z.array(FieldProblem),
  /** The number of what is published; runs keep the one they began with. */
  version: z.number().int().nullable(),
  publishedBy: z.string().nullable(),
  /** Where programs post to, for a workflow with that trigger. */
  hookUrl: z.string().nullable(),
  /** Runs that ended over 90 days ago: they are listed no more, and how many ended how is kept. */
  cleared: z.object({ runs: z.number().int(), ends: z.partialRecord(z.enum(runEnds), z.number().int()) }),
  /** Contacts that did not enter because workflows set one another off, or too often; and when last. */
  refused: z.object({ count: z.number().int(), at: Timestamp.nullable() }),
})
export type Workflow = z.infer<typeof Workflow>

/** `running`: it has something to do now. `waiting`: until `wakeAt`. `asking`: for an answer, until `wakeAt`. */
export const RunState = z.enum(['running', 'waiting', 'asking', 'ended'])
export type RunState = z.infer<typeof RunState>

/** A contact's way through a workflow. */
export const Run = z.object({
  id: MessageId,
  workflow: z.object({ id: Id, name: z.string(), version: z.number().int() }),
  /** The contact as it stands now: a merged one's is the one that stands for it. */
  contact: z.object({ id: Id, displayName: z.string().nullable() }),
  state: RunState,
  /** What it was begun by. */
  trigger: TriggerKind,
  /** Who did what began it: a member's name, or another workflow's. */
  by: z.object({ type: Doer, name: z.string().nullable() }),
  startedAt: Timestamp,
  /** Where it stands; null once it has ended. */
  step: z.object({ id: z.string(), kind: StepKind }).nullable(),
  wakeAt: Timestamp.nullable(),
  endedAt: Timestamp.nullable(),
  end: z.enum(runEnds).nullable(),
  /** Who stopped it. */
  endedBy: z.string().nullable(),
})
export type Run = z.infer<typeof Run>

/** What happened at one step of a run. */
export const RunStep = z.object({
  place: z.number().int(),
  stepId: z.string(),
  kind: StepKind,
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  outcome: z.enum(stepOutcomes),
  /** Why it was skipped or failed: the codes of the act itself (`no-channel`, `window-closed`), `gone`, `timed-out` … */
  reason: z.string().nullable(),
  /** How often a request was made. It bears the same `idempotency-key` each time. */
  attempts: z.number().int(),
  /** The message that was sent. */
  messageId: MessageId.nullable(),
  /** The branch's arm that was taken, from 0; -1 is otherwise. */
  arm: z.number().int().nullable(),
  /** The number a request was answered with. */
  status: z.number().int().nullable(),
  /** What a wait or a question waited for. */
  until: Timestamp.nullable(),
  /** Values that came by it. */
  values: z.record(z.string(), z.string()),
})
export type RunStep = z.infer<typeof RunStep>

export const RunDetails = Run.extend({
  steps: z.array(RunStep),
  /** What it was begun with and has come to know. */
  values: z.record(z.string(), z.string()),
})
export type RunDetails = z.infer<typeof RunDetails>

const workflow = z.object({ workflowId: Id })
const run = z.object({ runId: MessageId })
const WorkflowName = name(80)
const runPage = { state: z.enum(['active', 'ended']).optional(), cursor: Cursor.nullish(), limit: Limit }

export const workflows = {
  /** All of the workspace, by name. */
  list: reads('workflows.manage', '/workflows').output(z.object({ items: z.array(WorkflowRow) })),
  get: reads('workflows.manage', '/workflows/{workflowId}').input(workflow).output(Workflow),
  /** What was published under a number: what a run of it does. */
  version: reads('workflows.manage', '/workflows/{workflowId}/versions/{version}')
    .input(workflow.extend({ version: z.number().int().positive().max(1_000_000) }))
    .output(z.object({ definition: Definition, publishedAt: Timestamp, publishedBy: z.string().nullable() })),
  /** At most 200 a workspace; names are unique without regard to case: CONFLICT `name-taken`, `too-many`. */
  create: writes('workflows.manage', '/workflows')
    .input(z.object({ name: WorkflowName, draft: Definition.optional() }))
    .output(Workflow),
  /** CONFLICT `name-taken`. */
  rename: writes('workflows.manage', '/workflows/{workflowId}', 'PATCH')
    .input(workflow.extend({ name: WorkflowName }))
    .output(Workflow),
  /** A draft with the same triggers and steps; secrets stay with the one they were typed for. CONFLICT `name-taken`, `too-many`. */
  duplicate: writes('workflows.manage', '/workflows/{workflowId}/duplicate')
    .input(workflow.extend({ name: WorkflowName }))
    .output(Workflow),
  /** Replaces the draft of that `revision`: STALE where it is another by now. What is published stays as it is. */
  edit: writes('workflows.manage', '/workflows/{workflowId}/draft', 'PUT')
    .input(workflow.extend({ revision: z.number().int(), draft: Definition }))
    .output(Workflow),
  /** Puts the draft of that `revision` in force; refused with every problem it has. Runs go on with the version they began with. */
  publish: writes('workflows.manage', '/workflows/{workflowId}/publish')
    .input(workflow.extend({ revision: z.number().int() }))
    .output(Workflow),
  /** Nobody enters any more. `runs`: whether those who are in it go on to its end or stop where they are. */
  stop: writes('workflows.manage', '/workflows/{workflowId}/stop')
    .input(workflow.extend({ runs: z.enum(['finish', 'stop']) }))
    .output(Workflow),
  /** Takes it away for good; who is in it stops. What it did stays in the records. */
  remove: writes('workflows.manage', '/workflows/{workflowId}', 'DELETE').input(workflow).output(Nothing),
  /** A new address for programs to post to; the old one stops being good. */
  renewHook: writes('workflows.manage', '/workflows/{workflowId}/hook')
    .input(workflow)
    .output(z.object({ hookUrl: z.string() })),
  /**
   * Makes the request of a step as it stands in the draft, filled from a contact where one is named. It is really made. A failure
   * is an answer: `refused` (an internal address), `unreachable`, `unanswered`, `too-large`, `encoded`.
   */
  testRequest: writes('workflows.manage', '/workflows/{workflowId}/test-request')
    .input(workflow.extend({ stepId: StepId, contactId: Id.nullish() }))
    .output(
      z.object({
        status: z.number().int().nullable(),
        failure: z.string().nullable(),
        /** The beginning of the answer: at most 10 000 letters. */
        body: z.string(),
        ms: z.number().int(),
        /** What the step would save. */
        values: z.record(z.string(), z.string()),
      }),
    ),

  /** Those that may be started by hand, by name. */
  startable: reads('workflowRuns.start', '/workflows/startable').output(
    z.object({ items: z.array(z.object({ id: Id, name: z.string() })) }),
  ),
  /**
   * Starts it for a contact. CONFLICT `not-published`, `not-manual`, `blocked`, `running` (a contact is in it once at a time),
   * `conditions` (the trigger's do not hold), `too-often` (by a program, ten times within the hour).
   */
  start: writes('workflowRuns.start', '/contacts/{contactId}/workflow-runs')
    .input(workflow.extend({ contactId: Id }))
    .output(Run),
  /** Newest first. */
  runs: reads('workflows.manage', '/workflows/{workflowId}/runs').input(workflow.extend(runPage)).output(page(Run)),
  /** Of a contact and all it has absorbed, newest first. */
  runsOfContact: reads('contacts.view', '/contacts/{contactId}/workflow-runs')
    .input(z.object({ contactId: Id, ...runPage }))
    .output(page(Run)),
  /** One run with what happened at each step, for whoever sees its contact. */
  run: reads('contacts.view', '/workflow-runs/{runId}').input(run).output(RunDetails),
  /** Stops a run where it is, for whoever sees its contact. One that has ended stays as it is. */
  stopRun: writes('workflowRuns.stop', '/workflow-runs/{runId}/stop').input(run).output(Run),
  /** Stops everybody who is in it, before their next step. */
  stopRuns: writes('workflows.manage', '/workflows/{workflowId}/runs/stop').input(workflow).output(Workflow),
}
