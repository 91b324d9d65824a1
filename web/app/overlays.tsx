import { lazy } from 'react'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { useAsked } from './asked.ts'
import { openOverlay, useOverlay } from './overlay-state.ts'
import { useGlobalCommands } from './use-global-commands.ts'

const CommandPalette = lazy(() => import('./command-palette.tsx'))
const KeySheet = lazy(() => import('./key-sheet.tsx'))

/** What opens over any screen: the palette, the sheet of keys, a question. Loaded when first asked for. */
export function Overlays() {
  const overlay = useOverlay()
  const asked = useAsked()
  useGlobalCommands()
  const close = () => openOverlay(null)
  return (
    <>
      <LazyDialog onClose={close}>
        {overlay === 'palette' && <CommandPalette onClose={close} />}
        {overlay === 'keys' && <KeySheet onClose={close} />}
      </LazyDialog>
      {asked}
    </>
  )
}
