import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { toast, toastError } from '../ui/toast-store.ts'

/** Stops a contact's way through a workflow where it is. */
export function useStopRun() {
  const { t, i18n } = useLingui()
  return useMutation({
    mutationFn: (runId: number) => client.workflows.stopRun({ runId }),
    onSuccess: () => toast(t({ message: 'Stopped', context: 'a run' }), { tone: 'ok' }),
    onError: (error) => toastError(explain(error, i18n)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.workflows.key() }),
  })
}
