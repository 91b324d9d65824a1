import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { FieldProblem } from '#contract/errors.ts'
import { client } from '../api/client.ts'
import { explain, fieldProblems } from '../api/explain.ts'
import { toast, toastError } from '../ui/toast-store.ts'
import { showWorkflow } from './show-workflow.ts'

/**
 * Puts a draft in force.
 * @param revisionOf of the draft as the server has it; null where what is written could not be saved
 * @param onProblems what stands against it
 */
export function usePublish(
  workflowId: number,
  revisionOf: () => Promise<number | null>,
  onProblems: (problems: readonly FieldProblem[]) => void,
) {
  const { t, i18n } = useLingui()
  return useMutation({
    mutationFn: async () => {
      const revision = await revisionOf()
      return revision === null ? null : client.workflows.publish({ workflowId, revision })
    },
    onSuccess: (now) => {
      if (now === null) {
        toastError(t`It is not published: what you wrote could not be saved.`)
        return
      }
      showWorkflow(now)
      toast(t`Published`, { tone: 'ok' })
    },
    onError: (error) => {
      const problems = fieldProblems(error)
      if (problems.length === 0) {
        toastError(explain(error, i18n))
        return
      }
      onProblems(problems)
      toastError(t`Something is missing before it can be published. It is marked in the list.`)
    },
  })
}
