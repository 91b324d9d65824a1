import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { firstLocale, speak } from './i18n/locale.ts'

// After an update the parts of an open page are gone from the server; a fresh page has the new ones.
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('ficha.reloaded') ?? 0)
  if (Date.now() - last < 10_000) return
  sessionStorage.setItem('ficha.reloaded', String(Date.now()))
  location.reload()
})

const page = document.getElementById('root')
if (!page) throw new Error('index.html has no #root')
await speak(firstLocale())
createRoot(page).render(<App />)
