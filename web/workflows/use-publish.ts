import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { FieldProblem } from '#contract/errors.ts'
import { client } from '../api/client.ts'
import { explain, fieldProblems } from '../api/explain.ts'
import { toast, toastError } from '../ui/toast-store.ts'
import { showWorkflow } from './show-workflow.ts'

interface Ready {
  readonly revision: number
  readonly problems: readonly FieldProblem[]
}

/**
 * Puts a draft in force.
 * @param settle the draft as the server has it; null where what is written could not be saved
 * @param onProblems what stands against it
 */
export function usePublish(
  workflowId: number,
  settle: () => Promise<Ready | null>,
  onProblems: (problems: readonly FieldProblem[]) => void,
) {
  const { t, i18n } = useLingui()
  const refuse = (problems: readonly FieldProblem[]) => {
    onProblems(problems)
    toastError(t`Something is missing before it can be published. It is marked in the list.`)
  }
  return useMutation({
    mutationFn: async () => {
      const ready = await settle()
      if (ready === null) {
        toastError(t`It is not published: what you wrote could not be saved.`)
      } else if (ready.problems.length > 0) {
        refuse(ready.problems)
      } else {
        showWorkflow(await client.workflows.publish({ workflowId, revision: ready.revision }))
        toast(t`Published`, { tone: 'ok' })
      }
    },
    onError: (error) => {
      const problems = fieldProblems(error)
      if (problems.length > 0) refuse(problems)
      else toastError(explain(error, i18n))
    },
  })
}
