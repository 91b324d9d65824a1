import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCan, useWorkspace } from '../api/me.ts'
import { useIsPhone } from './use-narrow.ts'

/** Settings without a page named: on a wide screen the first one the person may open; on a phone the list stands alone. */
export default function SettingsStart() {
  const isPhone = useIsPhone()
  const workspace = useWorkspace().id
  const mayEdit = useCan('settings.workspace')
  const navigate = useNavigate()
  useEffect(() => {
    if (isPhone) return
    const to = mayEdit ? '/w/$workspace/settings/workspace' : '/w/$workspace/settings/account'
    void navigate({ to, params: { workspace }, replace: true })
  }, [isPhone, mayEdit, navigate, workspace])
  return null
}
