import type { Step } from '#contract/workflows.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { createWorkflow } from '../workflows/create-workflow.ts'
import { publishWorkflow } from '../workflows/publish-workflow.ts'
import { unlessTaken, type Vocabulary } from './make-vocabulary.ts'

const everyone = { and: [] }
const askedWell = '¡Hola, {{contact.firstName}}! ¿Qué tal va la bici después de la revisión?'

/** The sample company's workflows: one in force that members start by hand, and a draft. Neither sends anything by itself today. */
export async function makeSampleWorkflows(context: WriteContext, { tags, stages }: Vocabulary): Promise<void> {
  const tagged = (id: string, ...names: Parameters<Vocabulary['tags']['get']>[0][]): Step => ({
    id,
    kind: 'tag',
    add: names.flatMap((name) => tags.get(name) ?? []),
    remove: [],
  })
  const after = await unlessTaken(
    createWorkflow(context, {
      name: 'Después de la revisión',
      draft: {
        triggers: [{ kind: 'manual', filter: everyone }],
        steps: [
          tagged('etiqueta', 'Taller'),
          { id: 'etapa', kind: 'lifecycle', stageId: stages.get('Cliente') ?? null },
          { id: 'espera', kind: 'wait', amount: 3, unit: 'days' },
          { id: 'pregunta', kind: 'send', channelId: null, body: { type: 'text', text: askedWell, subject: null } },
        ],
      },
    }),
  )
  if (after !== null && after.problems.length === 0)
    await publishWorkflow(context, { workflowId: after.id, revision: after.revision })
  const choices = ['Alquiler', 'Taller', 'Otra cosa']
  await unlessTaken(
    createWorkflow(context, {
      name: 'Bienvenida',
      draft: {
        triggers: [{ kind: 'conversationOpened', by: ['contact'], channelIds: [], filter: everyone }],
        steps: [
          {
            id: 'tema',
            kind: 'ask',
            channelId: null,
            question: '¡Hola, {{contact.firstName}}! ¿De qué se trata?',
            answer: 'choice',
            choices,
            as: 'tema',
            saveTo: null,
            again: null,
            retries: 2,
            timeoutMinutes: 60,
            unanswered: [],
          },
          {
            id: 'reparto',
            kind: 'branch',
            arms: (['Alquiler', 'Taller'] as const).map((name) => ({
              name,
              filter: everyone,
              values: [{ name: 'tema', operator: 'isEqualTo' as const, value: name }],
              steps: [tagged(name.toLowerCase(), name)],
            })),
            otherwise: [],
          },
        ],
      },
    }),
  )
}
